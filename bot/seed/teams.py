"""The made-up programme: its staff, and twelve teams, of which the first two are always there."""

from __future__ import annotations

from bot.case.file import Actor
from bot.seed.stories_en_de import ENERGY, HARBOUR, MARKETS, TRADES, WELLS
from bot.seed.stories_fr_es import COAST, COCOA, FOREST, SCHOOLS, TEXTILES
from bot.seed.story import Colleague, Founder, Team

LAGOON = Team(
    name="Lagune de Kanoa",
    founders=(Founder("aminata", "fr"), Founder("joao", "fr")),
    need="partners",
    shared=True,
    answers={
        "problem": "Après chaque pluie, les déchets de la ville descendent dans la lagune. "
        "Les filets remontent pleins de plastique et trois plages ont dû fermer l'an dernier.",
        "trigger": "study",
        "topic": "topic.waste",
        "goal": "D'ici cinq ans, les déchets du port ne finissent plus dans la lagune.",
        "ambition": "act",
        "common_good": "society",
        "long_term": "years",
        "existing": ("Comité des plages de Kanoa",),
        "existing_fit": "partial",
        "why_ours": "Le comité nettoie les plages ; personne ne s'occupe de ce qui vient d'amont.",
        "affected": "group",
        "shared_goal": "agreed",
        "roles": "begun",
        "red_lines": "not_yet",
        "equal_footing": "partly",
        "funding": "single",
        "horizon": "short",
        "rules": "begun",
        "decisions": "not_yet",
        "secretariat": "none_missed",
    },
    actors=(
        Actor("Mairie de Kanoa", "public", "in_talks"),
        Actor("Association des pêcheurs de la lagune", "civil_society", "in_talks"),
        Actor("Hôtel des Palétuviers", "private", "idea"),
        Actor("Université du Littoral", "academia", "idea"),
    ),
    begun=24,
    tips={"p2.stakeholder_mapping": "done"},
    labels=("Littoral 2026",),
    trained=True,
)

SEEDS = Team(
    name="Seeds of the Upper Valley",
    founders=(Founder("ruth", "en"), Founder("tomas", "en")),
    need="clear",
    shared=False,
    answers={
        "problem": "Farmers in the upper valley no longer find seed that stands a dry year. "
        "The old varieties are kept by a few families, and what is sold comes from far away.",
        "trigger": "business",
        "topic": "topic.agriculture",
        "goal": "Every village of the valley can get tested local seed before the next sowing.",
        "ambition": "advise",
        "common_good": "both",
        "long_term": "years",
        "existing": "none_found",
        "affected": "direct",
        "shared_goal": "begun",
        "funding": "time",
    },
    actors=(
        Actor("Upper Valley Growers' Cooperative", "civil_society", "in_talks"),
        Actor("Sattler Seed Traders", "private", "in_talks"),
        Actor("Station for Crop Research", "academia", "idea"),
    ),
    begun=9,
)

TEAMS = (
    *(LAGOON, SEEDS, COCOA, WELLS, COAST, HARBOUR),
    *(SCHOOLS, TRADES, TEXTILES, MARKETS, FOREST, ENERGY),
)

STAFF = (
    Colleague("nadia", "Nadia Brunner", "trainer"),
    Colleague("marta", "Marta Oliveira", "staff"),
    Colleague("idris", "Idris Koné", "admin"),
)
