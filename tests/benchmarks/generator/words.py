"""Words of the generated graph, in English and Czech."""

__all__ = ["COUNTRIES", "DONOR_KINDS", "MOTTOS", "ORGANISATION_KINDS", "SENTENCES", "TOWNS"]

#: Countries of seats, roughly by how many organisations sit there: each stands as often as the list says.
COUNTRIES = (
    ("CZE", 16), ("DEU", 11), ("ITA", 9), ("ESP", 8), ("FRA", 7), ("POL", 7), ("AUT", 5), ("SVK", 5), ("HUN", 4),
    ("NLD", 4), ("BEL", 4), ("GRC", 4), ("SWE", 3), ("PRT", 3), ("ROU", 3), ("BGR", 2), ("FIN", 2), ("DNK", 2),
    ("IRL", 2), ("GBR", 2), ("LTU", 2), ("LVA", 2), ("EST", 2), ("SVN", 2), ("HRV", 2), ("CYP", 1), ("MLT", 1),
    ("LUX", 1), ("CHE", 1), ("NOR", 1), ("UKR", 1), ("MDA", 1), ("SRB", 1), ("BIH", 1), ("MKD", 1), ("ALB", 1),
    ("TUR", 1), ("GEO", 1), ("ARM", 1),
)  # fmt: skip

#: Kind of organisation, how frequent it is, and how its name is made of a town, in English and Czech.
ORGANISATION_KINDS = (
    ("non-governmental-organisation", 34, "Centre for Integration {}", "Centrum pro integraci {}"),
    ("non-governmental-organisation", 12, "{} Refugee Aid", "Pomoc uprchlíkům {}"),
    ("migrant-organisation", 9, "Newcomers of {}", "Sdružení nově příchozích {}"),
    ("faith-based-organisation", 6, "Caritas {}", "Charita {}"),
    ("municipality", 12, "Municipality of {}", "Obec {}"),
    ("university", 10, "University of {}", "Univerzita {}"),
    ("research-institute", 4, "{} Institute for Migration", "Institut pro migraci {}"),
    ("company", 6, "{} Training Ltd", "Vzdělávací společnost {}"),
    ("regional-authority", 4, "Region of {}", "Kraj {}"),
)

#: Kinds of organisations that give money, and how their names are made.
DONOR_KINDS = (
    ("national-authority", "Ministry of Integration {}", "Ministerstvo integrace {}"),
    ("eu-body", "European Agency {}", "Evropská agentura {}"),
    ("foundation", "{} Foundation", "Nadace {}"),
    ("regional-authority", "Regional Council of {}", "Krajská rada {}"),
)

#: Beginnings, middles and ends of invented towns.
TOWNS = (
    ("Al", "Bre", "Ced", "Dor", "El", "Fal", "Gra", "Hol", "Is", "Jav", "Kar", "Lov", "Mor", "Nov", "Ost", "Pel"),
    ("a", "e", "i", "o", "an", "en", "in", "or", "ar", "est", "iv", "ul"),
    ("burg", "dorf", "ice", "in", "ka", "mont", "nik", "ov", "polis", "rade", "stad", "ville"),
)

MOTTOS = (
    ("Bridges", "Mosty"), ("Open doors", "Otevřené dveře"), ("Common ground", "Společná půda"),
    ("New start", "Nový začátek"),
    ("Welcome home", "Vítejte doma"), ("Step by step", "Krok za krokem"), ("Shared table", "Společný stůl"),
    ("Voices", "Hlasy"), ("Roots and wings", "Kořeny a křídla"), ("One city", "Jedno město"), ("Compass", "Kompas"),
    ("Good neighbours", "Dobří sousedé"), ("Side by side", "Bok po boku"), ("Healthy umbrella", "Zdravá střecha"),
    ("Strong network", "Silná síť"), ("Way to work", "Cesta k práci"), ("Safe harbour", "Bezpečný přístav"),
    ("Beyond borders", "Za hranicemi"), ("Learning together", "Učíme se spolu"),
    ("Window to the world", "Okno do světa"),
    ("First contact", "První kontakt"), ("Key to the town", "Klíč k městu"), ("Hand in hand", "Ruku v ruce"),
    ("Equal chances", "Rovné šance"), ("New horizons", "Nové obzory"), ("Meeting point", "Místo setkání"),
    ("Home anew", "Znovu doma"), ("Colours of Europe", "Barvy Evropy"), ("Common language", "Společná řeč"),
    ("Future here", "Budoucnost tady"),
)  # fmt: skip

#: Sentences of which descriptions are put together.
SENTENCES = (
    ("The partners set up an advice centre in each town that takes part.",
     "Partneři otevřou v každém zapojeném městě poradnu."),
    ("Volunteers accompany families to offices, schools and doctors during their first year.",
     "Dobrovolníci první rok doprovázejí rodiny na úřady, do škol a k lékařům."),
    ("Employers learn how to recognise skills that people bring from abroad.",
     "Zaměstnavatelé se učí rozpoznat dovednosti, které si lidé přinesli z ciziny."),
    ("A handbook in six languages explains rights and duties in plain words.",
     "Příručka v šesti jazycích vysvětluje prostými slovy práva a povinnosti."),
    ("Teachers try out materials for classes in which several languages are spoken.",
     "Učitelé zkoušejí materiály pro třídy, v nichž se mluví několika jazyky."),
    ("Local councils compare what works and adapt their own integration plans.",
     "Samosprávy porovnávají, co se osvědčilo, a upravují vlastní plány integrace."),
    ("Peer workers reach people who do not come to offices by themselves.",
     "Pracovníci s vlastní zkušeností oslovují lidi, kteří sami na úřady nepřijdou."),
    ("Researchers follow the participants for two years and publish what changes.",
     "Výzkumníci sledují účastníky dva roky a zveřejní, co se změnilo."),
    ("Evening courses combine language with the words of a trade.",
     "Večerní kurzy spojují jazyk se slovníkem řemesla."),
    ("A mobile team visits hostels and remote villages every month.",
     "Mobilní tým každý měsíc navštěvuje ubytovny a vzdálené obce."),
    ("Lawyers train counsellors and take over cases that need a court.",
     "Právníci školí poradce a přebírají případy, které patří k soudu."),
    ("Young people make films and exhibitions about the places where they live.",
     "Mladí lidé natáčejí filmy a připravují výstavy o místech, kde žijí."),
    ("The network meets four times and agrees on common standards of quality.",
     "Síť se čtyřikrát sejde a dohodne se na společných standardech kvality."),
    ("Mothers with small children find courses with childcare close to home.",
     "Matky s malými dětmi najdou kurzy s hlídáním nedaleko domova."),
    ("Interpreters are on call for hospitals and schools by telephone and video.",
     "Nemocnicím a školám jsou po telefonu a videu k dispozici tlumočníci."),
    ("Results are handed over to ministries as recommendations for the next period.",
     "Výsledky dostanou ministerstva jako doporučení pro další období."),
)  # fmt: skip
