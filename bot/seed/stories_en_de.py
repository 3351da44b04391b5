"""Made-up teams that speak English or German: a harbour, markets; wells, trades, energy."""

from __future__ import annotations

from bot.case.file import Actor
from bot.seed.story import Founder, Step, Team

HARBOUR = Team(
    name="Clear Air Harbour",
    founders=(Founder("grace", "en"), Founder("peter", "en")),
    need="organise",
    shared=True,
    answers={
        "problem": "Ships run their engines at the quay all night. The streets behind the harbour "
        "have twice the asthma of the rest of the city.",
        "trigger": "study",
        "topic": "topic.cities",
        "goal": "By 2029 every ship at berth takes its power from the shore.",
        "ambition": "transform",
        "common_good": "society",
        "long_term": "years",
        "existing": ("Green Ports Round Table",),
        "existing_fit": "partial",
        "why_ours": "The round table talks about ports in general; nobody works on these berths.",
        "affected": "direct",
        "shared_goal": "agreed",
        "roles": "agreed",
        "red_lines": "agreed",
        "equal_footing": "yes",
        "funding": "single",
        "horizon": "short",
        "rules": "agreed",
        "decisions": "begun",
        "secretariat": "neutral",
    },
    actors=(
        Actor("Harbour Authority", "public", "in_talks"),
        Actor("Coastline Ferries", "private", "in_talks"),
        Actor("Quayside Residents", "civil_society", "in_talks"),
        Actor("School of Public Health", "academia", "in_talks"),
    ),
    begun=330,
    last=10,
    signals={"money_ends": 10},
    money=95,
    step=Step("Write to two foundations about the second year", "Grace", 10, due=30),
    tips={"p4.communication_rules": "done", "p3.secure_funding": "done", "p3.red_lines": "done"},
    questions=("Can a port authority hold the money for all of us?",),
    notes=("The grant of the city ends in February; a decision is due in December.",),
    labels=("Cohort 2025",),
)

MARKETS = Team(
    name="Healthy Markets Lakeside",
    founders=(Founder("naomi", "en"), Founder("daniel", "en")),
    need="clear",
    shared=True,
    answers={
        "problem": "Fresh food is cheaper ten miles away, so families on the lake side buy what "
        "keeps: sugar, oil and white flour.",
        "trigger": "business",
        "topic": "topic.nutrition",
        "goal": "Two market days a week with local vegetables in each of the six villages.",
        "ambition": "act",
        "common_good": "both",
        "long_term": "years",
        "existing": "none_found",
        "affected": "direct",
        "shared_goal": "agreed",
        "roles": "agreed",
        "red_lines": "begun",
        "equal_footing": "yes",
        "funding": "several",
        "horizon": "long",
        "rules": "agreed",
        "decisions": "agreed",
        "secretariat": "neutral",
    },
    actors=(
        Actor("Lakeside Women Growers", "civil_society", "in_talks"),
        Actor("District Health Office", "public", "in_talks"),
        Actor("Market Traders' Union", "private", "in_talks"),
        Actor("Lakeside College", "academia", "in_talks"),
    ),
    begun=420,
    last=2,
    step=Step("Share the numbers of the first season with all villages", "Naomi", 14, due=12),
    tips={
        "p3.start_small": "done",
        "p4.responsibilities": "done",
        "p4.expectations.milestones": "done",
        "p4.champions": "not_now",
    },
    transcript=True,
    talk=(
        ("bot", "What would you like to do?"),
        ("founder", "The second village had its first market day on Saturday."),
        ("bot", "Six stalls, and two of them run by growers: I have noted it."),
    ),
    labels=("Cohort 2025", "Food"),
    trained=True,
)

WELLS = Team(
    name="Wasser für Ostberg",
    founders=(Founder("jonas", "de"), Founder("meike", "de")),
    need="organise",
    shared=True,
    answers={
        "problem": "In trockenen Sommern fallen in vier Dörfern die Brunnen trocken, während zwei "
        "Betriebe weiter fördern.",
        "trigger": "crisis",
        "topic": "topic.water",
        "goal": "Bis 2030 gibt es einen Wasserplan, den alle vier Dörfer und die Betriebe tragen.",
        "ambition": "advise",
        "common_good": "society",
        "long_term": "years",
        "existing": "none_found",
        "affected": "group",
        "shared_goal": "agreed",
        "roles": "begun",
        "red_lines": "not_yet",
        "funding": "time",
        "rules": "not_yet",
    },
    actors=(
        Actor("Landratsamt Ostberg", "public", "in_talks"),
        Actor("Bürgerinitiative Brunnen", "civil_society", "in_talks"),
        Actor("Molkerei Hagen", "private", "in_talks"),
        Actor("Institut für Wasserwirtschaft", "academia", "idea"),
    ),
    begun=190,
    last=21,
    signals={"waiting": 84},
    tips={"p3.roles_needs": "not_now", "p3.transparency": "done"},
    questions=("Was tun, wenn die Behörde nicht antwortet?",),
    notes=("Das Landratsamt prüft seit August; Frau Berg dort kennt die Sache.",),
    labels=("Jahrgang 2026",),
)

TRADES = Team(
    name="Lehre im Tal",
    founders=(Founder("anke", "de"), Founder("sven", "de")),
    need="partners",
    shared=True,
    answers={
        "problem": "Die Handwerksbetriebe im Tal finden keine Lehrlinge, und die jungen Leute "
        "ziehen weg.",
        "trigger": "business",
        "topic": "topic.labour",
        "goal": "Jedes Jahr beginnen fünfzig junge Menschen eine Lehre im Tal.",
        "ambition": "act",
        "common_good": "both",
        "long_term": "years",
        "existing": "none_found",
        "affected": "not_yet",
    },
    actors=(
        Actor("Handwerkskammer", "private", "in_talks"),
        Actor("Berufsschule Tal", "public", "idea"),
    ),
    begun=180,
    last=118,
    tips={"p1.goal_early": "done"},
    labels=("Jahrgang 2026",),
    trained=True,
)

ENERGY = Team(
    name="Energie im Quartier Nord",
    founders=(Founder("dilek", "de"), Founder("frank", "de")),
    need="clear",
    shared=True,
    answers={
        "problem": "Im Quartier zahlen alle hohe Heizkosten, und kein Haus wird saniert, weil "
        "niemand anfängt.",
        "trigger": "other",
        "topic": "topic.energy",
        "goal": "Die ersten drei Häuser heizen gemeinsam, ohne Öl und Gas.",
        "ambition": "exchange",
        "long_term": "years",
    },
    actors=(
        Actor("Wohnungsgenossenschaft Nord", "private", "idea"),
        Actor("Stadtwerke", "public", "idea"),
        Actor("Mieterverein", "civil_society", "idea"),
    ),
    begun=101,
    last=4,
    questions=("Wie spricht man Stadtwerke an?",),
    labels=("Jahrgang 2026",),
)
