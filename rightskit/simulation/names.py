"""Names, towns and street parts that invented members are drawn from.

Given and family names are common ones, combined at random; towns and postal codes are real pairs; streets are put
together from parts. No row describes a real person.
"""

from __future__ import annotations

# Origin → (weight, given names, family names). A person mostly draws both from one origin.
ORIGINS: dict[str, tuple[int, tuple[str, ...], tuple[str, ...]]] = {
    "german-elder": (
        26,
        (
            *("Ursula", "Helga", "Renate", "Monika", "Brigitte", "Karin", "Gisela", "Sabine", "Petra", "Birgit"),
            *("Heike", "Ingeborg", "Käthe", "Roswitha", "Jürgen", "Günther", "Wolfgang", "Klaus", "Dieter", "Uwe"),
            *("Hans-Joachim", "Karl-Heinz", "Rolf", "Bärbel", "Götz", "Ernst-August", "Rüdiger", "Volker", "Jörg"),
        ),
        (
            *("Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann"),
            *("Schäfer", "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Zimmermann", "Krüger"),
            *("Hofmann", "Lange", "Krause", "Lehmann", "Köhler", "Maier", "Böhm", "Groß", "Weiß", "Vogt"),
            *("Schütze", "Gerber-Thiel", "Oßwald", "Jäger", "Stöver", "von der Heide", "zum Felde", "Größmann"),
        ),
    ),
    "german-younger": (
        32,
        (
            *("Anna", "Lena", "Laura", "Julia", "Katharina", "Lea", "Sophie", "Johanna", "Franziska", "Anna-Lena"),
            *("Annika", "Svenja", "Maja", "Zoë", "Lukas", "Jonas", "Felix", "Tim", "Jan", "Philipp", "Niklas"),
            *("Moritz", "Sören", "Björn", "Jan-Niklas", "Florian", "Max", "Paul", "Malte", "Chloé", "René"),
        ),
        (
            *("Hartmann", "Werner", "Schmitz", "Krämer", "Meier", "Lorenz", "Huber", "Kaiser", "Fuchs", "Peters"),
            *("Scholz", "Möller", "Winkler", "Berger", "Lüders", "Kühn", "Böttcher", "Dörfler", "Jansen", "Petersen"),
            *("Hübner", "Löffler", "Thömmes", "Brandt-Wiese", "Schultheiß", "Näpel", "Pöhlmann", "van den Berg"),
        ),
    ),
    "turkish": (
        10,
        (
            *("Ayşe", "Fatma", "Elif", "Zeynep", "Gülşen", "Emine", "Büşra", "Mehmet", "Mustafa", "Ömer", "Çağlar"),
            *("Yusuf", "İbrahim", "Deniz", "Ümit", "Serkan"),
        ),
        ("Yılmaz", "Kaya", "Demir", "Şahin", "Çelik", "Yıldız", "Öztürk", "Aydın", "Özdemir", "Doğan", "Güneş", "Koç"),
    ),
    "polish": (
        8,
        (
            *("Agnieszka", "Małgorzata", "Katarzyna", "Zofia", "Łucja", "Grzegorz", "Paweł", "Krzysztof", "Tomasz"),
            *("Michał", "Wojciech"),
        ),
        (
            *(
                "Kowalski",
                "Nowak",
                "Wiśniewski",
                "Wójcik",
                "Kamiński",
                "Zieliński",
                "Szymański",
                "Woźniak",
                "Dąbrowski",
            ),
            *("Kozłowski", "Jabłoński"),
        ),
    ),
    "arabic": (
        7,
        (
            *("Mohammed", "Ahmad", "Omar", "Yousef", "Khaled", "Hassan", "Fatima", "Maryam", "Nour", "Layla", "Amira"),
            *("Abd al-Rahman", "Samira"),
        ),
        (
            "Al-Hassan",
            "Haddad",
            "Al Masri",
            "Khoury",
            "Mansour",
            "Ben Salah",
            "El Amrani",
            "Darwish",
            "Saleh",
            "Nasser",
        ),
    ),
    "vietnamese": (
        4,
        ("Thị Hương", "Minh", "Quỳnh", "Thanh", "Văn Tuấn", "Linh", "Đức", "Ngọc Anh", "Hoàng"),
        ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ"),
    ),
    "eastern": (
        6,
        ("Oleksandr", "Natalia", "Irina", "Dmitri", "Ganna", "Vladislav", "Ioana", "Jelena", "Željko", "Dragana"),
        ("Shevchenko", "Kovalenko", "Ivanova", "Petrov", "Popescu", "Jovanović", "Marković", "Nikolić", "Bondarenko"),
    ),
    "southern": (
        5,
        ("Giulia", "Francesco", "Alessandro", "Concetta", "Eleni", "Dimitrios", "María José", "João", "Inês", "Íñigo"),
        (
            *("D’Angelo", "Rossi", "Dell'Acqua", "Papadopoulos", "Konstantinidis", "García Márquez", "Fernández"),
            *("da Silva", "Gonçalves"),
        ),
    ),
    "western": (
        2,
        ("Siobhán", "Patrick", "Emily", "Jean-Luc", "Aïssatou", "Kwame", "Ngozi", "Astrid", "Åsa", "Søren"),
        ("O'Connor", "O’Brien", "McAllister", "N'Diaye", "Mensah", "Okonkwo", "Dubois-Lefèvre", "Sørensen", "Ångström"),
    ),
}
LONG_NAME = ("Maximiliane Theodora Alexandrina", "Konstantinopoulou-Freifrau von Hohenstein-Wittgenfels zu Löwenzell")

# Real pairs of town and postal code over all sixteen Länder; the weight follows the size of the town.
TOWNS: tuple[tuple[str, str, int], ...] = (
    ("Berlin", "10115", 9),
    ("Berlin", "10997", 9),
    ("Berlin", "12043", 9),
    ("Berlin", "13353", 9),
    ("Hamburg", "20095", 9),
    ("Hamburg", "22765", 9),
    ("München", "80331", 7),
    ("München", "81541", 7),
    ("Köln", "50667", 6),
    ("Köln", "50823", 5),
    ("Frankfurt am Main", "60311", 8),
    ("Stuttgart", "70173", 6),
    ("Düsseldorf", "40213", 6),
    ("Leipzig", "04109", 6),
    ("Dortmund", "44135", 6),
    ("Essen", "45127", 6),
    ("Bremen", "28195", 6),
    ("Dresden", "01067", 6),
    ("Hannover", "30159", 5),
    ("Nürnberg", "90402", 5),
    ("Duisburg", "47051", 5),
    ("Bochum", "44787", 4),
    ("Wuppertal", "42103", 4),
    ("Bielefeld", "33602", 3),
    ("Bonn", "53111", 3),
    ("Münster", "48143", 3),
    ("Karlsruhe", "76133", 3),
    ("Mannheim", "68159", 3),
    ("Augsburg", "86150", 3),
    ("Wiesbaden", "65183", 3),
    ("Gelsenkirchen", "45879", 3),
    ("Braunschweig", "38100", 2),
    ("Chemnitz", "09111", 2),
    ("Kiel", "24103", 2),
    ("Aachen", "52062", 2),
    ("Halle (Saale)", "06108", 2),
    ("Magdeburg", "39104", 2),
    ("Freiburg im Breisgau", "79098", 2),
    ("Mainz", "55116", 2),
    ("Lübeck", "23552", 2),
    ("Erfurt", "99084", 2),
    ("Rostock", "18055", 2),
    ("Kassel", "34117", 2),
    ("Potsdam", "14467", 2),
    ("Saarbrücken", "66111", 2),
    ("Ludwigshafen am Rhein", "67059", 2),
    ("Oldenburg", "26122", 2),
    ("Heidelberg", "69117", 1),
    ("Darmstadt", "64283", 1),
    ("Regensburg", "93047", 1),
    ("Würzburg", "97070", 1),
    ("Göttingen", "37073", 1),
    ("Jena", "07743", 1),
    ("Gera", "07545", 1),
    ("Cottbus", "03046", 1),
    ("Schwerin", "19053", 1),
    ("Neubrandenburg", "17033", 1),
    ("Trier", "54290", 1),
    ("Bremerhaven", "27568", 1),
    ("Flensburg", "24937", 1),
    ("Görlitz", "02826", 1),
    ("Dessau-Roßlau", "06844", 1),
    ("Homburg", "66424", 1),
    ("Passau", "94032", 1),
    ("Garmisch-Partenkirchen", "82467", 1),
)

# A trailing blank: the parts stand apart.
STREET_FIRST = (
    *("Kranich", "Silberpappel", "Wacholder", "Eisvogel", "Lindenauer ", "Brombeer", "Müllerhof", "Rosenkäfer"),
    *("Weißdorn", "Hagebutten", "Ölmühlen", "Kupferschmied", "Sternwarten", "Fährhaus", "Ziegelhütten", "Nachtigallen"),
)
STREET_SECOND = ("straße", "weg", "allee", "gasse", "ring", "platz", "stieg", "ufer")
STREETS_WHOLE = ("Am Alten Güterschuppen", "Hinter der Zwirnerei", "An den Drei Weihern", "Zum Roten Milan")

MAIL_DOMAINS = ("post.example.org", "mail.example.net", "web.example.com", "brief.example.org", "netz.example.net")
# Numbers that the Bundesnetzagentur keeps free for films and books.
PHONES = ("+49 30 23125 ", "+49 69 90009 ", "+49 40 66969 ", "+49 221 4710 ", "+49 89 99998 ")
NOTES = ("möchte Post nur per E-Mail", "spricht lieber am Telefon", "hat 2024 schon einmal gefragt", "neu umgezogen")
