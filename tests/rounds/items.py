"""A small bank for rounds: one question of each way to answer, in four languages."""

from __future__ import annotations

from bot.quiz.bank import Bank
from bot.quiz.item import Item

SECTOR = Item(
    "quiz.sectors.clinic",
    "single",
    {
        "fr": "À quel secteur appartient une clinique de l'État ?",
        "en": "To which sector does a state-run clinic belong?",
        "de": "Zu welchem Sektor gehört eine staatliche Klinik?",
        "es": "¿A qué sector pertenece una clínica del Estado?",
    },
    (
        {
            "fr": "Société civile",
            "en": "Civil society",
            "de": "Zivilgesellschaft",
            "es": "Sociedad civil",
        },
        {
            "fr": "Secteur public",
            "en": "Public sector",
            "de": "Öffentlicher Sektor",
            "es": "Sector público",
        },
        {
            "fr": "Secteur privé",
            "en": "Private sector",
            "de": "Privatsektor",
            "es": "Sector privado",
        },
    ),
    (1,),
    {
        "fr": "Elle est portée par l'État, donc par le secteur public.",
        "en": "The state runs it, so it is part of the public sector.",
        "de": "Der Staat trägt sie, also gehört sie zum öffentlichen Sektor.",
        "es": "La lleva el Estado, así que es parte del sector público.",
    },
    "sectors",
)
EARLY = Item(
    "quiz.p3.early",
    "several",
    {
        "fr": "Que gagne-t-on à régler tôt entre partenaires ?",
        "en": "What is worth settling early among partners?",
        "de": "Was klären Partner am besten früh?",
        "es": "¿Qué conviene acordar pronto entre socios?",
    },
    (
        {"fr": "Les rôles", "en": "Roles", "de": "Die Rollen", "es": "Los papeles"},
        {"fr": "Le logo", "en": "The logo", "de": "Das Logo", "es": "El logotipo"},
        {
            "fr": "Les lignes rouges",
            "en": "Red lines",
            "de": "Rote Linien",
            "es": "Las líneas rojas",
        },
    ),
    (0, 2),
    {
        "fr": "Rôles et lignes rouges évitent des conflits ; le logo peut attendre.",
        "en": "Roles and red lines prevent conflicts; the logo can wait.",
        "de": "Rollen und rote Linien beugen Konflikten vor; das Logo kann warten.",
        "es": "Los papeles y las líneas rojas evitan conflictos; el logotipo puede esperar.",
    },
    "p3",
)
STEPS = Item(
    "quiz.p1.order",
    "order",
    {
        "fr": "Dans quel ordre viennent ces étapes ?",
        "en": "In which order do these steps come?",
        "de": "In welcher Reihenfolge kommen diese Schritte?",
        "es": "¿En qué orden vienen estos pasos?",
    },
    (
        {"fr": "Lancement", "en": "Launch", "de": "Anstoß", "es": "Lanzamiento"},
        {
            "fr": "Début du travail",
            "en": "Starting the work",
            "de": "Beginn der Arbeit",
            "es": "Inicio del trabajo",
        },
        {
            "fr": "Point de départ",
            "en": "Starting point",
            "de": "Ausgangspunkt",
            "es": "Punto de partida",
        },
    ),
    (2, 0, 1),
    {
        "fr": "D'abord le point de départ, puis le lancement ; le travail vient après.",
        "en": "First the starting point, then the launch; the work comes after.",
        "de": "Erst der Ausgangspunkt, dann der Anstoß; die Arbeit kommt danach.",
        "es": "Primero el punto de partida, luego el lanzamiento; el trabajo viene después.",
    },
    "p1",
)
BANK = Bank({item.id: item for item in (SECTOR, EARLY, STEPS)})
