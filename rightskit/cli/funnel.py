"""One way from an exception to an exit code, and ``-C DIR`` anywhere on the line."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from rightskit.cli import output, panels, progress, session
from rightskit.errors import NotFoundError, RemoteError, RightskitError, WrongUsageError

if TYPE_CHECKING:
    from pathlib import Path

INTERRUPTED = 130
_IN_THE_WAY: dict[type[OSError], tuple[int, str]] = {
    FileNotFoundError: (NotFoundError.exit_code, "There is no file {}."),
    IsADirectoryError: (WrongUsageError.exit_code, "{} is a folder; name a file."),
    NotADirectoryError: (WrongUsageError.exit_code, "{} cannot be: a part of this path is a file, not a folder."),
    FileExistsError: (WrongUsageError.exit_code, "{} is there already, and is no folder."),
}
"""Code and sentence for a place that a person named, and that cannot be what it must be."""


class Funnel(TyperGroup):
    """The root group: expected failures, interruptions and bugs each end in their own way."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Let ``-C DIR`` stand after a command too, where most people look for it."""
        if not args or {"-h", "--help"} & set(args):
            from rightskit.cli.legible import make_help_legible

            make_help_legible()
        parsed: list[str] = super().parse_args(ctx, _hoisted(args))
        return parsed

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order in which a campaign needs them."""
        return panels.in_order(super().list_commands(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, with the heading that it stands under in the help."""
        command = super().get_command(ctx, cmd_name)
        if command:
            vars(command)["rich_help_panel"] = panels.panel_of(cmd_name)
        return command

    def invoke(self, ctx: Any) -> Any:
        """Run the command; say what went wrong on stderr and end with the code that design gives it."""
        progress.working(since_start=True)
        try:
            return super().invoke(ctx)
        except (Exception, KeyboardInterrupt) as error:
            progress.quiet()
            code = _ended(error)
            if code is None:
                raise
            raise typer.Exit(code) from error
        finally:
            progress.quiet()
            session.close()


def _ended(error: BaseException) -> int | None:
    """Say what ended the command; its exit code, None where Typer has a way of its own."""
    match error:
        case RightskitError():
            return _say(error.exit_code, f"rightskit: {error}", error.hint)
        case KeyboardInterrupt():
            return _say(INTERRUPTED, "rightskit: interrupted; what was done is kept, run the command again to go on.")
        case typer.Abort():
            return _say(INTERRUPTED, "\nrightskit: stopped at a question; nothing was done after it.")
        case OSError():
            return _refused_by_system(error)
        case _ if _is_control_flow(error):
            return None
    return _say(1, f"rightskit: a bug ({type(error).__name__}). A report without personal data is in", _report(error))


def _refused_by_system(error: OSError) -> int:
    if isinstance(error, BrokenPipeError):
        return 0
    for kind, (code, words) in _IN_THE_WAY.items():
        if isinstance(error, kind) and error.filename:
            return _say(code, f"rightskit: {words.format(error.filename)}")
    said = f"rightskit: {error.strerror or type(error).__name__}{f': {error.filename}' if error.filename else '.'}"
    hint = "Make room or check the folder's permissions, then run the command again to go on."
    return _say(RemoteError.exit_code, said, hint)


def _say(code: int, said: str, hint: str = "") -> int:
    output.warn(said)
    if hint:
        output.warn(hint)
    return code


def _hoisted(args: list[str]) -> list[str]:
    end = args.index("--") if "--" in args else len(args)
    if "-C" not in args[:end]:
        return args
    at = args.index("-C")
    return [*args[at : at + 2], *args[:at], *args[at + 2 :]]


def _is_control_flow(error: BaseException) -> bool:
    """Whether the exception is Typer's own way to end a command or to report wrong usage."""
    return isinstance(error, typer.Exit) or type(error).__module__.startswith(("click", "typer."))


def _report(error: BaseException) -> str:
    try:
        return str(_save_report(error))
    except OSError as unsaved:
        return f"no file: {unsaved.filename} takes none ({unsaved.strerror})."


def _save_report(error: BaseException) -> Path:
    """Write where the bug happened; its message is left out, for it may quote a member."""
    from rightskit.paths import state_dir

    lines = [type(error).__name__]
    lines += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    path = state_dir() / "last-bug.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
