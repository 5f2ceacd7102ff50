"""Invented French replies, each with what it says: (name, kind, text, names of attached files)."""

MESSAGES: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("une ligne", "no-data", "Bonjour, nous n'avons aucune donnée vous concernant. Cordialement, Léa", ()),
    (
        "recherche",
        "no-data",
        """Madame,

Nous faisons suite à votre courrier du 3 mars. Après recherche dans nos fichiers, nous vous informons que nous ne détenons
aucune donnée à caractère personnel à votre sujet.

Veuillez agréer, Madame, nos salutations distinguées.
Banque Exemple""",
        (),
    ),
    ("inconnu", "no-data", "Monsieur,\n\nVous êtes inconnu de nos services.\n\nCordialement", ()),
    (
        "données jointes",
        "data",
        "Bonjour Madame,\n\nVous trouverez ci-joint une copie de vos données personnelles.\n\nBien cordialement,\nLe service client",
        ("donnees_personnelles.pdf",),
    ),
    (
        "données dans le texte",
        "data",
        "Bonjour,\n\nNous conservons les informations suivantes :\n\nNom : Jeanne Exemple\nAdresse : 1 rue de la Paix, Paris\nTéléphone : 01 00 00 00 00\n\nCordialement",
        (),
    ),
    (
        "lien",
        "data-link",
        "Bonjour Jeanne,\n\nVotre archive est prête. Vous pouvez télécharger vos données ici : https://compte.example/export (lien valable 7 jours).\n\nL'équipe",
        (),
    ),
    (
        "par la poste",
        "data-by-post",
        "Madame,\n\nPour des raisons de confidentialité, votre dossier vous sera adressé par courrier recommandé sous huit jours.\n\nCordialement",
        (),
    ),
    (
        "pièce d'identité",
        "identity-demand",
        "Monsieur,\n\nAfin de traiter votre demande, merci de nous faire parvenir une copie de votre pièce d'identité en cours de validité.\n\nCordialement",
        (),
    ),
    (
        "date de naissance",
        "identity-demand",
        "Bonjour,\n\nPourriez-vous nous communiquer votre date de naissance et votre numéro de client ?\n\nMerci",
        (),
    ),
    (
        "pas besoin de pièce",
        "acknowledgement",
        "Bonjour,\n\nNous avons bien reçu votre demande. Il n'est pas nécessaire de joindre une pièce d'identité.\n\nCordialement",
        (),
    ),
    (
        "mandat",
        "mandate-demand",
        "Maître,\n\nNous vous prions de bien vouloir nous transmettre le mandat signé par votre client.\n\nSalutations distinguées",
        (),
    ),
    (
        "préciser",
        "clarification-demand",
        "Madame,\n\nMerci de préciser votre demande : quelles données souhaitez-vous obtenir et sur quelle période ?\n\nCordialement",
        (),
    ),
    (
        "frais",
        "fee-demand",
        "Monsieur,\n\nL'envoi de ces documents est soumis au paiement de frais de 15 euros, à régler par chèque.\n\nCordialement",
        (),
    ),
    (
        "formulaire",
        "wrong-channel",
        "Bonjour,\n\nCette adresse n'est pas consultée. Veuillez utiliser le formulaire disponible sur notre site internet.\n\nLe service client",
        (),
    ),
    (
        "délégué",
        "wrong-channel",
        "Bonjour,\nMerci d'adresser votre demande à notre délégué à la protection des données : dpo@societe.example.\nCordialement",
        (),
    ),
    (
        "sous-traitant",
        "wrong-controller",
        "Madame,\n\nNous ne sommes pas responsables de ce traitement : nous agissons en qualité de sous-traitant de la société Exemple SA.\n\nCordialement",
        (),
    ),
    (
        "prolongation",
        "extension",
        "Monsieur,\n\nCompte tenu de la complexité de votre demande, nous prolongeons le délai de réponse de deux mois.\n\nCordialement",
        (),
    ),
    (
        "pas dans les délais",
        "extension",
        "Bonjour,\n\nNous ne pourrons pas vous répondre dans le délai d'un mois.\n\nCordialement",
        (),
    ),
    (
        "refus",
        "refusal",
        "Maître,\n\nNous ne pouvons donner une suite favorable à votre demande, manifestement infondée.\n\nVeuillez agréer nos salutations",
        (),
    ),
    ("effacé", "confirmed", "Bonjour,\n\nVos données ont bien été supprimées de notre base.\n\nCordialement", ()),
    (
        "opposition",
        "confirmed",
        "Madame,\n\nVotre opposition a été prise en compte ; vous ne recevrez plus de prospection de notre part.\n\nCordialement",
        (),
    ),
    (
        "partiel",
        "partial",
        "Madame,\n\nVous trouverez ci-joint vos données. En revanche, nous ne pouvons vous communiquer l'algorithme de calcul du score.\n\nCordialement",
        ("extrait.pdf",),
    ),
    (
        "reçu",
        "acknowledgement",
        "Bonjour,\n\nNous accusons réception de votre demande et reviendrons vers vous.\n\nCordialement",
        (),
    ),
    (
        "transmis",
        "acknowledgement",
        "Bonjour, merci pour votre message, je l'ai transmis au service juridique. Bonne journée",
        (),
    ),
    (
        "absence",
        "auto-reply",
        "Bonjour,\n\nJe suis absente jusqu'au 3 mai. En cas d'urgence, contactez accueil@societe.example.\n\nCordialement",
        (),
    ),
    (
        "ticket",
        "auto-reply",
        "Ceci est un message automatique. Votre demande a été enregistrée sous le numéro 4711.",
        (),
    ),
    ("promotion", "other", "Profitez de nos soldes : livraison gratuite avec le code promo ETE !", ()),
    (
        "free wording fr1",
        "no-data",
        "Bonjour, après vérification, vous ne figurez pas dans nos fichiers. Cordialement",
        (),
    ),
    ("free wording fr2", "no-data", "Madame, votre fiche est partie au pilon, il ne reste plus rien chez nous.", ()),
    (
        "free wording fr3",
        "identity-demand",
        "Bonjour, on ne donne pas d'informations comme ça, envoyez-moi votre carte d'identité recto verso. Merci",
        (),
    ),
    ("free wording fr4", "refusal", "Monsieur, nous n'entendons pas donner suite à votre requête.", ()),
    (
        "free wording fr5",
        "extension",
        "Bonjour Madame, en raison d'un grand nombre de demandes, votre dossier sera traité avec retard, comptez deux mois de plus.",
        (),
    ),
    ("free wording fr6", "acknowledgement", "Bonjour, votre mail est bien arrivé, nous nous en occupons.", ()),
    (
        "free wording fr7",
        "wrong-channel",
        "Les demandes se font exclusivement par courrier postal à l'adresse du siège.",
        (),
    ),
    ("free wording fr8", "confirmed", "C'est fait : votre compte est fermé et vos informations effacées.", ()),
    (
        "free wording fr9",
        "data",
        "Madame, comme convenu, voici en pièce jointe votre dossier complet.",
        ("dossier.pdf",),
    ),
    (
        "free wording fr10",
        "wrong-controller",
        "Bonjour, nous avons cédé cette activité à la société Exemple SAS, c'est à elle qu'il faut s'adresser.",
        (),
    ),
    ("free wording fr11", "fee-demand", "Il vous sera facturé 20 € pour l'envoi de la copie.", ()),
    (
        "free wording fr12",
        "clarification-demand",
        "Bonjour, de quel contrat parlez-vous ? Nous en avons plusieurs à votre nom.",
        (),
    ),
]
