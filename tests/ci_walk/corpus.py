"""A small news corpus, invented here: the same one every time. No text is taken from anywhere.

Every article is about one of a few topics, told in sentences of its own, so that no two articles share a passage and every
title shares words with its text alone.
"""
import random

TOPICS = {
    "ferry": "ferry harbour pier captain crossing passengers engine timetable deck sailors",
    "orchard": "orchard apples growers frost blossom cider harvest pickers barrels saplings",
    "library": "library books readers shelves librarian catalogue lending archive novels cellar",
    "tram": "tram rails depot driver tickets conductor sparks overhead junction commuters",
    "bakery": "bakery bread ovens flour rolls baker dough customers pastry crumbs",
    "museum": "museum paintings curator gallery frames visitors sculpture exhibit varnish guards",
    "brewery": "brewery beer hops kettle brewer bottles malt tasting casks foam",
    "school": "school pupils teachers lessons desks headmistress homework playground chalk bell",
    "bees": "bees hives honey beekeepers swarm queen wax meadow clover pollen",
    "bridge": "bridge engineers girders river traffic cables inspection bolts span barrier",
    "theatre": "theatre actors rehearsal curtain stage costumes audience director applause props",
    "lighthouse": "lighthouse lamp keeper rocks beacon lens fog shipping stairs tower",
    "quarry": "quarry stone blasting limestone trucks dust geologists pit gravel neighbours",
    "choir": "choir singers concert conductor hymns soprano organ chapel sheet voices",
    "mill": "mill windmill sails miller grain grindstone gears visitors volunteers timber",
    "clinic": "clinic nurses patients doctors vaccine appointments wards surgery ambulance beds",
    "canal": "canal barges locks towpath dredging mud boaters anglers reeds herons",
    "chess": "chess grandmaster tournament pawns clocks opening rivals endgame board trophy",
    "glass": "glassworks furnace vases blowers kiln sand workshop colours apprentices moulds",
    "railway": "railway locomotive steam boiler station signals heritage carriages whistle coal",
}
PEOPLE = ("Alma Brekke", "Tove Lindqvar", "Henrik Osmund", "Runa Feldt", "Ivo Castelan", "Maris Tolk", "Greta Hollin",
          "Anselm Wroe", "Dagny Roth", "Piet Vandal", "Sunniva Krag", "Oskar Bell", "Lene Draker", "Tomas Quill")
PLACES = ("Ostermoor", "Sandholm", "Vestervik", "Halden Cross", "Brackwater", "Little Tarn", "Norrby", "Kelmarsh",
          "Fenwick Ferry", "Aldgarth", "Ruskin Hill", "Marrow Bay")
OPENERS = ("On {day}", "Late on {day}", "By {day} evening", "Before {day}", "Ever since {day}", "Until {day}")
VERBS = ("inspected", "repaired", "counted", "praised", "closed", "moved", "measured", "painted", "sold", "rescued",
         "replaced", "bought", "visited", "doubted", "cleaned", "borrowed", "photographed", "insured")
SENTENCES = (
    "{opener} {person} of {place} {verb} the {a} and {verb2} {n} {b}.",
    "The {a} {verb} {n} years ago, {person} recalls, still needs {b} from {place}.",
    "Nobody {verb} so many {a} while the {b} stood in {place}, according to {person}.",
    "{person}, who {verb} the {b}, asked {place} for {n} more {a}.",
    "With {n} {a} lost, {place} {verb} its {b} and waited for {person}.",
    "Some {b} were {verb} twice; {person} blames {place} and its {a}.",
    "A vote in {place} on the {a} went {n} to {m}, and {person} {verb} the {b} anyway.",
    "{place} remembers when {person} {verb} {n} {b} beside the {a}.",
    "Only {m} of the {a} were {verb} before {person} reached {place} with the {b}.",
    "What {person} {verb} in {place} was worth {n} {a} and perhaps {m} {b}.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def article(number):
    """Article `number` as a dictionary."""
    rng = random.Random(f"article {number}")
    topic = list(TOPICS)[number % len(TOPICS)]
    words = TOPICS[topic].split()
    people, places = rng.sample(PEOPLE, 3), rng.sample(PLACES, 2)
    sentences = []
    for pattern in rng.sample(SENTENCES, 8):
        a, b = rng.sample(words, 2)
        verb, verb2 = rng.sample(VERBS, 2)
        sentences.append(pattern.format(opener=rng.choice(OPENERS).format(day=rng.choice(DAYS)), person=rng.choice(people),
                                        place=rng.choice(places), verb=verb, verb2=verb2, a=a, b=b,
                                        n=rng.randint(20, 900), m=rng.randint(2, 19)))
    first, second = rng.sample(words, 2)
    title = f"{people[0]} and the {first} of {places[0]}: {second} {rng.choice(VERBS)}"
    # A day of its own, so that it is clear which of two copies came first.
    date = f"2024-{5 + number // 28:02}-{1 + number % 28:02}"
    return {"id": f"{topic}-{number}", "date": date, "source": f"{places[0].split()[0].lower()}.example", "title": title,
            "text": " ".join(sentences)}


def reworded(original, new_id):
    """A near copy: a few words changed, as a desk does with an agency story."""
    copy = dict(original, id=new_id, date="2024-12-01", source="copier.example")
    text = copy["text"].replace(" and ", " as well as ", 1).replace("according to", "says", 1)
    copy["text"] = text + " More on this story later today."
    return copy
