def test_probe(sent, reply):
    import json
    j = sent.letter
    sent.on("2026-03-20")
    ref=sent.request("zehra","suedstern")
    damaged=ref.lower().replace("0","O").replace("1","l").replace("-"," ")
    mails=[
     reply("auskunft@suedstern.example","ich bin bis zum 30. März 2026 nicht im Büro. Ihre Nachricht wird nicht weitergeleitet.",day="2026-03-03",subject="Abwesenheitsnotiz",answers=j("jana","suedstern"),name="away",headers=[("Auto-Submitted","auto-replied")]),
     reply("auskunft@suedstern.example","zu Ihrer Person haben wir keine Daten gespeichert.",day="2026-03-10",answers=j("petra","suedstern"),name="nodata"),
     reply("auskunft@suedstern.example","hiermit bestätigen wir Ihnen den Eingang Ihres Antrags auf Auskunft über die zu Ihrer Person gespeicherten Daten.",day="2026-03-10",subject=f"Ihr Zeichen {damaged}",name="ack"),
     reply("k.muster@kunden.suedstern.example","hiermit bestätigen wir Ihnen den Eingang Ihres Antrags auf Auskunft von Emre Lindqvist.",day="2026-03-10",subject="Ihr Antrag",name="byname"),
     reply("datenschutz@nordlicht.example","wir benötigen eine Kopie Ihres Personalausweises, um Sie zu identifizieren.",day="2026-03-10",to=str(j("petra","nordlicht").mail["Reply-To"]),name="plus"),
     reply("service@nord-licht.example","anbei erhalten Sie Ihre Datenkopie nach Art. 15 DSGVO.",day="2026-03-10",subject=sent.request("zehra","nordlicht"),name="unproven",files=[("data.zip",b"PK\x03\x04")]),
     reply("verkauf@sichtbar.example","wussten Sie, dass neun von zehn Vereinen im Internet nicht gefunden werden? Antworten Sie einfach mit JA.",day="2026-03-10",subject="Letzte Chance: 40 % auf Ihren Firmenauftritt!",name="spam"),
     reply("jana@heimpost.example","soll ich noch etwas tun?",day="2026-03-10",subject="Frage",name="member"),
     b"\xff\xfe\x00 this is no mail\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n\x00\x01",
    ]
    print(sent.arrives(*mails).output)
    print(sent("replies","list").output)
    for l in sent("status","--list").output.splitlines(): print(l)
    assert 0
