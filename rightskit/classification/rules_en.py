"""English rules; see ``rules``."""

# ruff: noqa: E501 (rules are data: one pattern a line)

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.classification.model import ReplyKind as K

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA = r"(?:data|information|records?|details|entry|entries|file|files|account|profile|results?|match|matches|trace)"
_COPY = r"(?:data|information|records?|copy|report|response|details|export|file|archive|disclosure|documents?|answer)"
_ATTACHED = r"(?:attached|attachment|enclosed|enclosure|find (?:below|attached|enclosed)|as a (?:pdf|zip|csv)|zip file|appended)"
_PAST = r"(?:deleted|erased|removed|destroyed|corrected|rectified|amended|updated|anonymi[sz]ed|restricted|unsubscribed|suppressed|closed|wiped|purged|scrubbed)"
_THING = r"(?:data|account|profile|record|records|details|entry|information|file|address|email|name|history)"
_TRAIT = r"(?:date of birth|birth ?date|customer (?:number|id|reference)|account (?:number|id)|policy number|membership number|previous address\w*|(?:postal |home |current |full )?address(?:es)?|phone number|telephone number|mobile number|order number|maiden name|e-?mail address|username|national insurance number|full name|reference number|postcode)"
_ASK = r"(?:need|require|provide|send|supply|confirm|tell us|let us (?:know|have)|give us|furnish|quote|state|forward|request|share|include|missing)"
CONDITION = (
    r"\b(?:if|should you|should we|unless|in case|in the event|where (?:necessary|applicable|appropriate)|provided that)\b",
)
ABSENCE = r"\b(?:out of (?:the )?office|on (?:annual |maternity |parental |sick )?leave|on holiday|on vacation|away from (?:my|the) (?:desk|office)|limited access to (?:my )?e-?mail|back in the office|(?:currently|presently) away)\b"
PLEASANTRY = (
    r"(?:any|further|other) (?:\w+ )?(?:questions?|queries|concerns?)",
    r"hesitate",
    r"thank(?:s| you)",
    r"appreciate",
    r"apologi[sz]e",
    r"sorry for",
    r"patience",
    r"happy to help",
    r"assist(?:ance)? further",
    r"hope (?:this|you)",
    r"supervisory authority",
    r"right to (?:lodge a )?complain",
    r"complaint",
    r"take (?:your )?privacy",
    r"privacy (?:very )?seriously",
    r"(?:refer|further|reference|in response|in reply|with regard|regarding|respond\w*) to your",
    r"^(?:re|ref|our ref|your ref|case|ticket|date|reference)\b",
    r"best wishes",
    r"have a (?:nice|good|great)",
    r"we are writing",
    r"i am writing",
    r"we write",
)

# kind → weight → patterns
RULES: Mapping[K, Mapping[float, tuple[str, ...]]] = {
    K.BOUNCE: {
        0.6: (
            r"(?:message|e-?mail) (?:could not|couldn't|cannot|can't|was not|wasn't) be(?:en)? delivered",
            r"delivery (?:has )?failed",
            r"undeliverable",
            r"(?:recipient|user|mailbox|address) .{0,30}(?:does not exist|doesn't exist|unknown|not found|rejected)",
        ),
    },
    K.REFUSAL: {
        0.85: (
            r"\bwithh\w+ .{0,60}in full\b",
            r"\b(?:refuse|refusing|refused|declin(?:e|ed|ing)|reject(?:ed|ing)?|deny|denied|turn down|turned down)\b.{0,100}\b(?:request|access|erasure|demand|application|comply|provide|disclose|act|objection|it|this)\b",
            r"\brequest\b.{0,80}\b(?:refused|declined|rejected|denied)\b",
            r"\b(?:unable|not able|cannot|can't|can not|not in a position|will not|won't|not going to|shall not|do not intend|not prepared)\b.{0,70}\b(?:comply|fulfil\w*|grant|accommodate|action|act (?:up)?on|process your request|provide (?:you with )?(?:this|that|the|any|a copy|your)|disclose|release|delete|erase|meet your request|honou?r|hand over|share)\b",
            r"manifestly unfounded",
            r"excessive",
            r"abuse of",
            r"abusive",
            r"vexatious",
            r"repetitive",
        ),
        0.75: (
            r"\b(?:no|not take|not be taking) (?:further |any )?(?:further )?action\b",
            r"\b(?:not (?:consider|believe|think|accept) (?:\w+ ){0,4}entitled|not (?:obliged|required|entitled|obligated)|no (?:obligation|legal obligation|duty|right (?:to|of)|entitlement)|do(?:es)? not (?:have to|apply to)|exempt(?:ion|ed)? (?:from|applies)|exempt\b)",
        ),
    },
    K.PARTIAL: {
        0.85: (
            r"\b(?:partial(?:ly)?|in part|part of)\b.{0,80}(?:compl\w+|grant\w*|fulfil\w*|refus\w*|disclos\w*|delet\w*|response|uphold|upheld|request|withh\w+)",
        ),
        0.82: (r"\b(?:redact\w*|withheld|withhold\w*|blacked out)\b",),
        0.8: (
            r"\b(?:held back|left out|omitted|taken out|removed) .{0,60}(?:because|as they|since|e-?mails?|pages|documents)",
            r"\b(?:algorithm|formula|weighting|internal notes?|trade secrets?|source of|third part(?:y|ies)|legal(?:ly)? privilege\w*|how .{0,30}calculated)\b.{0,120}(?:not (?:be )?(?:provid\w+|disclos\w+|includ\w+|shar\w+|releas\w+)|cannot|unable|exempt|refus\w*|confidential)",
            r"\b(?:cannot|unable|not (?:provide|disclose|share|include)).{0,80}\b(?:algorithm|formula|weighting|internal notes?|trade secrets?)",
        ),
        0.75: (
            r"\b(?:with the exception of|except (?:for|where|that|those)?|apart from|excluding|other than)\b.{0,100}",
        ),
    },
    K.DATA: {
        0.88: (
            rf"\b{_ATTACHED}\b.{{0,140}}\b{_COPY}\b",
            rf"\b{_COPY}\b.{{0,140}}\b{_ATTACHED}\b",
        ),
        0.85: (
            r"\b(?:hold|store|have|process|keep|stored|held)\b.{0,60}\bthe following\b.{0,40}(?:data|information|details|records?|about you)?",
            r"following (?:personal )?(?:data|information|details)\b.{0,60}(?:held|stored|hold|store|process|about you|on (?:you|file|record))",
        ),
        0.75: (
            r"\bpassword\b.{0,60}(?:file|archive|zip|pdf|attachment|document)",
            r"\b(?:here (?:is|are)|this is|below (?:is|are)|these are)\b.{0,50}\b(?:data|information|records?|everything|details|copy)\b",
        ),
    },
    K.DATA_LINK: {
        0.85: (
            r"\b(?:download\w*|retriev\w+|collect|access|view|available|ready)\b.{0,140}(?:data|copy|export|archive|file|report|response|information|https?:)",
            r"\b(?:data|copy|export|archive|file|report|response)\b.{0,120}\b(?:download\w*|can be (?:accessed|retrieved|viewed|collected)|(?:is|are) (?:now )?(?:available|ready))",
        ),
        0.8: (
            r"\b(?:link|url)\b.{0,100}\b(?:data|copy|export|archive|expire\w*|valid)",
            r"(?:secure|download|following|this) link\b",
        ),
    },
    K.DATA_BY_POST: {
        0.88: (
            r"\b(?:by post|in the post|by (?:registered |recorded |first[- ]class )?mail|by letter|by courier|by royal mail|through the post|posted|mailed)\b.{0,100}(?:data|information|response|copy|records?|to you|to your|you will|should (?:reach|arrive))",
            r"\b(?:data|information|response|copy|records?|documents?|reply|answer|report)\b.{0,120}\b(?:by post|in the post|by (?:registered |recorded |first[- ]class )?mail\b|by letter|by courier|through the post|posted to|mailed to|sent to your (?:home|postal) address)",
        ),
    },
    K.CONFIRMED: {
        0.88: (
            rf"\b(?:have|has|had|was|were|we|been|i)\b.{{0,80}}\b{_PAST}\b",
            rf"\b{_THING} .{{0,60}}\b(?:has|have|was|were) (?:\w+ ){{0,3}}{_PAST}\b",
        ),
        0.85: (
            r"\b(?:taken|struck|been) off (?:of )?(?:our|the|all) (?:database|books|records|system|list|mailing)",
            r"\b(?:erasure|deletion|rectification|correction|restriction|removal|opt-?out)\b.{0,50}\b(?:complete\w*|carried out|done|confirmed|processed|effective)",
            r"\bconfirm\b.{0,50}\b(?:erasure|deletion|removal|rectification|opt-?out)",
            r"\b(?:objection|opt-?out)\b.{0,80}(?:recorded|noted|actioned|processed|applied|implemented|upheld|honou?red|complied)",
            r"opted (?:you )?out",
            r"suppression list",
            r"(?:no longer|not|stop) (?:receive|send|contact|be contacted|get)\w*\b.{0,60}(?:marketing|mailing|newsletter|advert|promotion|us|from)",
            r"off (?:our|the) (?:mailing )?list",
        ),
        0.8: (
            r"\b(?:complied with|actioned|fulfilled|completed|carried out|granted)\b.{0,60}\brequest\b",
            r"\brequest\b.{0,60}\b(?:complied with|actioned|fulfilled|completed|carried out|granted|been done)\b",
            r"(?:all gone|as (?:you )?(?:requested|asked),? (?:we|your|it|everything))",
        ),
        0.5: (
            r"\b(?:will|shall|are going to)\b.{0,60}\b(?:delete|erase|remove|be deleted|be erased|be removed|correct|be corrected)\b",
        ),
    },
    K.NO_DATA: {
        0.9: (
            r"\bsearch(?:es)? .{0,60}(?:not|no|nothing|any) .{0,30}(?:material|documents?|results?|records?)",
            rf"\b(?:no|not any|any|zero)\b (?:\w+ ){{0,4}}{_DATA}\b.{{0,80}}\b(?:found|held|stored|on file|on record|about you|relating|concerning|in our|regarding|matching|under|pertaining|for you|with us|in any|on you)\b",
            rf"\b(?:do not|don't|does not|doesn't|did not|didn't|cannot|could not|couldn't|have not|haven't|never|not)\b (?:\w+ ){{0,4}}(?:hold|held|have|store|stored|process|processed|find|found|locate|located|trace|keep|kept|possess|identify|identified|retain|maintain)\b.{{0,60}}\b{_DATA}\b",
            rf"\b(?:hold|holds|have|found|find|hold|keep|store|located|process|returned|identified|shows?)\b (?:absolutely )?\b(?:no|nothing|zero)\b(?:.{{0,50}}\b(?:{_DATA}|about you|on you|you|relating))?",
        ),
        0.75: (
            r"\b(?:nothing|no trace|no record|no records|never heard of you|not (?:known|a customer|on our|in our|registered|listed)|unknown to us|not on file|never been a (?:customer|client|member)|no such (?:person|customer|member)|drew a blank|nil (?:return|response))\b",
        ),
    },
    K.WRONG_CONTROLLER: {
        0.88: (
            r"\b(?:not|isn't|aren't|neither)\b (?:\w+ ){0,6}(?:data )?controllers?\b",
            r"\b(?:act(?:ing|s)? (?:only |solely |merely )?as|merely|only|simply|are|is) (?:a |the )?(?:data )?processors?\b",
            r"\bon behalf of (?:our )?(?:client|customer)",
        ),
        0.85: (
            r"\b(?:controller|responsible)\b.{0,60}\b(?:is|are|would be|lies with)\b.{0,80}(?:\bltd|limited|\bplc|\binc\b|\bllc|gmbh|\bgroup|compan(?:y|ies)|sister|parent|subsidiary|council|bank)",
        ),
        0.8: (
            r"\b(?:contact|write to|direct|address|redirect|approach|send)\b.{0,60}(?:\bltd|limited\b|\bplc|\binc\b|\bllc|gmbh|sister company|parent company|our (?:client|parent)|the (?:employer|seller|retailer|landlord|issuer)|them directly)",
            r"\b(?:sister|parent) compan(?:y|ies)\b",
            r"\b(?:wrong|different|another|separate|unrelated|unconnected) (?:\w+ )?(?:compan(?:y|ies)|organi[sz]ation|entity|firm|business|recipient|person|controller|department store)\b",
            r"mistaken (?:us )?for",
            r"confus\w+ (?:us )?with",
            r"not affiliated",
            r"no connection (?:with|to)",
            r"nothing to do with",
        ),
        0.75: (
            r"\b(?:is|are) (?:run|operated|managed|owned) by .{0,60}(?:\bltd|limited|\bplc|\binc\b|\bllc|gmbh)",
            r"\b(?:sold|transferred|acquired|taken over|bought)\b.{0,40}\b(?:to|by)\b.{0,60}(?:ltd|limited|plc|inc\b|llc|gmbh|group|company)",
        ),
    },
    K.FEE_DEMAND: {
        0.88: (
            r"\b(?:fee|charge|charges|cost|costs|payment|cheque|admin(?:istration)? fee|postal order)\b.{0,80}(?:[£€$] ?\d+|\d+(?:\.\d+)? ?(?:eur|euros?|pounds|gbp|usd|dollars)|payable|required|applies|apply|in advance|before we|must be paid|of \d+|upfront)",
            r"\b(?:charge|pay|require|request|levy|transfer|send|remit|receipt of|enclose)\b.{0,80}(?:\bfee\b|payment|cheque|[£€$] ?\d+|\d+(?:\.\d+)? ?(?:eur|euros?|pounds|gbp))",
        ),
    },
    K.IDENTITY_DEMAND: {
        0.88: (
            r"\b(?:copy|scan|photo|photograph|proof|evidence|picture|certified copy|form)\b.{0,60}\b(?:identity|identification|\bid\b|passport|driving licen[cs]e|utility bill|photo id|identity card|address)\b",
        ),
        0.85: (
            r"\b(?:verify|confirm|establish|prove|validate|authenticate|check|satisfy ourselves (?:of|as to))\b.{0,60}\b(?:your identity|identity|who you are|you are who|\bid\b)",
            r"\bidentity (?:verification|check|document|confirmation)",
            r"reasonable doubts?",
            r"(?:you are (?:really )?who you (?:say|claim))",
            r"\bid (?:check|document|verification)",
            rf"\b{_ASK}\b.{{0,100}}\b{_TRAIT}\b",
            r"\b(?:unable|cannot|can't|could not|couldn't|not possible)\b.{0,50}\b(?:identify you|locate you|match you|find you|verify)\b",
        ),
        0.8: (
            r"\b(?:passport|driving licen[cs]e|identity card|utility bill|photo id|\bid\b)\b.{0,70}\b(?:required|needed|necessary|please|send|bring|upload|provide|attach|to us)\b",
            r"\b(?:send|bring|show|upload|provide|need|require|attach|drop by with)\b.{0,60}\b(?:passport|driving licen[cs]e|\bid\b|identification|photo id)\b",
        ),
    },
    K.MANDATE_DEMAND: {
        0.88: (
            r"\b(?:his|her|their|your client's|signed) (?:signed |written )?authority\b",
            r"\b(?:authori[sz]ation|authority|power of attorney|mandate|letter of authority|written consent|signed consent|permission|proxy)\b.{0,100}(?:original|require\w*|need\w*|provide|send|please|signed|missing|evidence|copy|proof|without|act|from (?:your|the) (?:client|member|data subject)|to us)",
            r"\b(?:original|require\w*|need\w*|provide|send|signed|missing|evidence|copy|proof|without|written|see|entitled)\b.{0,80}\b(?:authori[sz]ation|letter of authority|power of attorney|mandate|authority to act|act(?:ing)? (?:for|on) (?:behalf|(?:your|the|this|his|her|their|them))|written authority)",
        ),
    },
    K.CLARIFICATION_DEMAND: {
        0.88: (
            r"\b(?:clarify|clarification|specify|narrow (?:down )?|be more specific|more precise|elaborate|refine)\b",
        ),
        0.85: (
            r"\b(?:too|very|rather|extremely) (?:broad|vague|general|wide)\b",
            r"tell us which\b",
            r"\b(?:which|what (?:kind|sort|type|exactly|specific|particular|period|time|data|information))\b.{0,100}(?:\?|you (?:are|would|want|require|need|mean|refer|seek)|interested|relates?|looking for)",
            r"recital 63",
        ),
        0.75: (
            r"\bwhat (?:exactly )?(?:do|are|is it) you\b",
            r"not (?:clear|sure|certain) what",
            r"(?:do not|don't) understand (?:what|your)",
            r"unclear (?:what|which|from)",
        ),
    },
    K.WRONG_CHANNEL: {
        0.85: (
            r"\b(?:please|must|should|need to|have to|only|kindly|can|use|submit|via)\b.{0,100}\b(?:form|portal|website|web ?page|app\b|in writing|by post|by phone|helpline|call us|data protection officer|\bdpo\b|privacy team|privacy centre|privacy center|self-?service|dashboard|account settings|privacy@|dpo@|dataprotection@|online|help cent(?:re|er))\b",
            r"\b(?:this|the) (?:e-?mail )?(?:address|mailbox|inbox|account|channel)\b.{0,60}\b(?:not (?:monitored|read|checked|used|intended|the right)|unmonitored|no longer|isn't monitored|cannot)",
            r"\b(?:not|cannot|can't|unable|don't|do not)\b.{0,40}\b(?:accept|process|handle|deal with|take)\b.{0,60}\b(?:by e-?mail|via e-?mail|over e-?mail|through this|at this address|this (?:channel|address|inbox|mailbox))",
        ),
        0.8: (
            r"\b(?:write to|contact|e-?mail|forward (?:it|this|your request) to|send (?:it|this|your request) to|direct (?:it|this|your request) to|get in touch with|address(?:ed)? to|resubmit)\b.{0,60}(?:@|data protection officer|\bdpo\b|privacy (?:team|office)|https?:|www\.|data protection team)",
        ),
    },
    K.EXTENSION: {
        0.92: (
            r"\b(?:exten(?:d|ding|ded|sion)|prolong\w*)\b.{0,100}\b(?:time|period|deadline|month|months|weeks|response|limit|article|timeframe|days)",
            r"\b(?:time|period|deadline|time limit|timeframe)\b.{0,60}\bexten(?:d|ded|sion|ding)",
        ),
        0.88: (
            r"\b(?:further|additional|extra|another|up to) (?:(?:two|2|three|3|sixty|60|one|eight|8|six|four|ninety|90|few) ?)?(?:calendar |more )?(?:months?|weeks?|days)\b",
            r"\b(?:two|2|three|3) (?:more|further|additional|extra) (?:months|weeks)",
        ),
        0.85: (
            r"\b(?:not|unable|cannot|won't|can't)\b.{0,60}\b(?:within|in) (?:the |one |a )?(?:statutory |calendar |usual |normal )?(?:one[- ])?(?:month|time limit|timeframe|deadline|30 days|thirty days|period)",
        ),
        0.75: (
            r"\bnot (?:be )?(?:possible|able) .{0,80}\bby the (?:due date|deadline|end)",
            r"expect (?:to hear|a (?:reply|response)|our (?:reply|response)) .{0,20}by\b",
            r"\b(?:more time|longer than|take (?:us )?(?:\w+ ){0,3}longer|another (?:couple of|few) (?:months|weeks)|delay(?:ed|s)?|backlog)\b",
        ),
    },
    K.ACKNOWLEDGEMENT: {
        0.85: (
            r"\b(?:acknowledge|received|receipt of|have got|confirm receipt|got your|arrived|reached us|safely received)\b.{0,80}\b(?:request|e-?mail|message|letter|enquiry|inquiry|correspondence|dsar|sar|application|query|objection)\b",
            r"\b(?:request|e-?mail|message|letter|enquiry|inquiry)\b.{0,60}\b(?:received|reached us|arrived|logged|acknowledged)\b",
        ),
        0.75: (
            r"\b(?:passed|forwarded|escalated|referred|sent (?:it )?on)\b.{0,60}\b(?:team|colleagues?|department|officer|office|dpo)\b",
        ),
        0.7: (
            r"\bthank(?:s| you)\b.{0,50}\b(?:request|e-?mail|message|letter|enquiry|inquiry|contacting|getting in touch|reaching out|writing)\b",
            r"\b(?:we|i)(?: will|'ll| are| am|'re|'m| shall)\b.{0,60}\b(?:respond|reply|review|look(?:ing)? into|get back|be in touch|process(?:ing)? (?:it|your request)|deal(?:ing)? with|come back|working on|handle|investigat\w+)\b",
            r"being (?:processed|dealt with|looked (?:at|into)|reviewed)",
        ),
    },
    K.AUTO_REPLY: {
        0.88: (
            ABSENCE,
            r"\b(?:auto(?:matic|mated|matically)?[- ]?(?:reply|response|generated|acknowledg\w+|message|confirmation|e-?mail|responder|notification|generated))\b",
        ),
        0.75: (
            r"\b(?:ticket|case|incident)\b.{0,40}\b(?:has been (?:created|opened|logged|raised|assigned|registered)|number is|opened)",
            r"(?:ticket|case) (?:number|id|no)",
        ),
    },
    K.OTHER: {
        0.7: (
            r"\b(?:newsletter|% off|discount|sale ends|special offer|shop now|buy now|webinar|unsubscribe|limited time|promo(?:tion)? code|voucher|free shipping|giveaway)\b",
        ),
    },
}

# kind → patterns that cancel it in the same sentence
UNLESS: Mapping[K, tuple[str, ...]] = {
    K.REFUSAL: (
        r"\b(?:until|without (?:this|that|the|a|your|proof|further|more|such|sight|it)|unless|once|before we|within (?:the|one|a)|in (?:one|the) month|at this (?:stage|time|moment|address)|currently|by e-?mail|via e-?mail|over the phone|by (?:telephone|phone)|refuse to provide|right to refuse|not wish|complaint|sell|third parties)\b",
        r"not share your",
        r"verify",
        r"identify you",
    ),
    K.PARTIAL: (
        r"\bin full\b",
        r"exceptional",
        r"except(?:ion)? (?:public|bank) holidays",
        r"questions",
        r"no (?:data|exceptions?)",
        r"tax",
        r"accounting",
    ),
    K.DATA: (
        r"\b(?:form|privacy (?:notice|policy)|leaflet|questionnaire|complete|fill (?:in|out)|sign and return|your attach\w*|could not open|couldn't open|unable to open|cannot open|by post|power of attorney|no (?:data|personal data|records?)|which|the attached form|please (?:send|provide|supply))\b",
    ),
    K.DATA_LINK: (
        r"\b(?:privacy (?:notice|policy)|submit|request form|to (?:make|lodge|file) |not (?:available|ready)|form|will be (?:available|ready))\b",
        r"once",
    ),
    K.DATA_BY_POST: (
        r"\b(?:please|you must|you should|kindly|to us|only|exclusively|only accept|must be|(?:send|submit|make|put) (?:us|it|your|the) .{0,30}(?:request|id|passport|form))\b",
    ),
    K.CONFIRMED: (
        r"\b(?:terms|privacy (?:policy|notice)|policy|ticket|case)\b.{0,30}(?:updated|closed|amended)",
        r"\bnot (?:\w+ ){0,3}(?:been )?(?:deleted|erased|removed|corrected|updated|amended)",
        r"haven't",
        r"will have",
        r"(?:to be|be) (?:deleted|removed|erased)\b",
        r"(?:already|previously|routinely|automatically) (?:been )?(?:deleted|erased|removed|destroyed)",
        r"once (?:we|it)",
        r"after which",
        r"before",
        r"you have (?:updated|removed|deleted)",
        r"after .{0,30}(?:years|months|days)",
    ),
    K.NO_DATA: (
        r"\b(?:no (?:other|further|additional|more|special)|not .{0,20}(?:other|further|additional|more)\b|beyond|apart from|other than|third part(?:y|ies)|share|shared|transfer\w*|sell|sold|automated|profiling|enough|sufficient|without (?:your|this|that|more)|yet|have no (?:questions|objection|record of (?:your )?(?:request|e-?mail)|way)|nothing (?:further|more|else)|hesitate|marketing purposes|complete|nothing to do with)\b",
    ),
    K.WRONG_CONTROLLER: (
        r"not responsible for (?:the )?content",
        r"\brecipients?\b",
        r"sub-?processors?",
        r"we are the (?:data )?controller",
        r"liab\w+",
        r"supervisory",
        r"commissioner",
    ),
    K.FEE_DEMAND: (
        r"\b(?:no (?:fee|charge|cost)|free of charge|without charge|free|not charge|do not charge|at no cost|in charge|waive\w*|free copy)\b",
    ),
    K.IDENTITY_DEMAND: (
        r"\b(?:no need|not (?:need|require|necessary|needed|required)|do not (?:need|require|send)|don't (?:need|require|send)|without (?:needing|asking)|(?:have|has) (?:now |already |successfully )?(?:verified|confirmed|received|been verified|been confirmed)|thank\w* .{0,40}(?:id|identity|passport|identification)|reference number (?:is|in)|from (?:the|your) e-?mail address|for your (?:records|reference)|quote (?:this|the|our) (?:reference|case|ticket))\b",
        r"@",
    ),
    K.MANDATE_DEMAND: (
        r"\b(?:supervisory|data protection authority|no need|not (?:need|require|necessary|needed|required)|have received (?:your|the) (?:letter of )?authority|authority has been|complain\w*|commissioner)\b",
    ),
    K.CLARIFICATION_DEMAND: (
        r"\b(?:which (?:is|are|was|were|has|have|will|we|include\w*)|specified|for clarification|to clarify,? we)\b",
    ),
    K.WRONG_CHANNEL: (
        r"\b(?:questions?|queries|complain\w*|commissioner|supervisory|also|alternatively|urgent\w*|in my absence|copy of|passport|proof|identity|\bid\b|download|attached|privacy (?:notice|policy)|unsubscribe|information on our website)\b",
    ),
    K.EXTENSION: (
        r"not (?:be )?extend",
        r"retention",
        r"contract",
        r"extension (?:number|\d+)",
        r"ext\.? ?\d",
    ),
    K.ACKNOWLEDGEMENT: (
        r"\b(?:not (?:been )?received|haven't received|have not received|never received|no record of)\b",
    ),
    K.AUTO_REPLY: (
        r"automated (?:decision|processing|means)",
        r"subject access request form",
    ),
}
