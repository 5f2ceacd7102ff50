"""French rules; see ``rules``."""

# ruff: noqa: E501 (rules are data: one pattern a line)

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.classification.model import ReplyKind as K

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA = r"(?:donnees?|informations?|trace|dossiers?|fiches?|enregistrements?|comptes?|elements?|fichiers?|renseignements?|resultats?)"
_COPY = (
    r"(?:donnees|copie|dossier|informations|reponse|extrait|export|fichier|releve|documents?|elements|fiche|archive)"
)
_ATTACHED = r"(?:ci-?joint\w*|en piece jointe|en pieces jointes|pieces? jointes?|joint a ce|joints? au present|en annexe|annexes?|jointe? a|trouverez ci)"
_PAST = r"(?:supprime\w*|efface\w*|detruit\w*|rectifie\w*|corrige\w*|modifie\w*|anonymise\w*|retire\w*|desinscrit\w*|cloture\w*|desabonne\w*|mis\w* a jour|limite\w*|radie\w*|purge\w*)"
_THING = r"(?:donnees|compte|fiche|profil|adresse|dossier|informations|coordonnees|nom|inscription)"
_TRAIT = r"(?:date de naissance|lieu de naissance|numero (?:de )?(?:client|contrat|compte|telephone|adherent|commande|dossier|securite sociale)|reference client|adresse (?:postale|e-?mail|electronique|complete|precedente|actuelle)|ancienne adresse|nom de (?:naissance|jeune fille)|coordonnees completes|identifiant)"
_ASK = r"(?:avons besoin|besoin|merci de|veuillez|priere de|vous prions de|prions de|demandons|communiquer|fournir|transmettre|envoyer|adresser|indiquer|preciser|faire parvenir|necessaire|manque|exigeons)"
CONDITION = (
    r"\b(?:si (?!ce n'est)|s'il|dans le cas ou|au cas ou|en cas de|le cas echeant|a moins que|sous reserve)\b",
)
ABSENCE = r"\b(?:absente? (?:du bureau|jusqu|du)|en conge\w*|actuellement absent\w*|suis absent\w*|hors du bureau|de retour le|en vacances|conge maternite|fermeture annuelle)\b"
PLEASANTRY = (
    r"(?:toute|autre|autres) (?:\w+ )?(?:question|information|precision|demande|renseignement)",
    r"disposition",
    r"merci",
    r"remerci",
    r"regrett",
    r"desol",
    r"excus",
    r"patience",
    r"comprehension",
    r"cnil\b",
    r"autorite de controle",
    r"reclamation",
    r"attach\w+ .{0,40}(?:confidentialite|protection|vie privee)",
    r"(?:suite|reponse|faisons suite|accusons) a votre",
    r"nous revenons vers vous",
    r"^(?:objet|reference|ref|dossier|ticket|date|n/ref|v/ref)\b",
    r"bonne (?:journee|reception)",
    r"par la presente",
)

# kind → weight → patterns
RULES: Mapping[K, Mapping[float, tuple[str, ...]]] = {
    K.BOUNCE: {
        0.6: (
            r"(?:message|courriel|mail) n'a pas (?:pu etre|ete) (?:remis|distribue|delivre)",
            r"echec de (?:la )?remise",
            r"destinataire .{0,30}(?:inconnu|introuvable|n'existe pas)",
        ),
    },
    K.REFUSAL: {
        0.88: (
            r"ne recevra .{0,30}pas",
            r"ne (?:nous )?(?:parait|semble|est) pas (?:fondee?|justifiee?|recevable)",
            r"\b(?:refus(?:ons|e|er|ee|es)?|rejet(?:ons|er|ee|te|tee)?|declin(?:ons|er|ee)|ecart(?:ons|ee))\b.{0,100}(?:demande|droit|acces|donner suite|communiquer|transmettre|fournir|effacement|repondre)",
            r"demande .{0,60}(?:refusee|rejetee|declinee|irrecevable)",
            r"\bopposons (?:un|une) (?:refus|fin)",
            r"(?:un|notre) refus",
            r"\bne (?:pouvons|pouvant|peut|peux|pourrons|pourra|saurions|souhaitons|sommes pas en mesure de|donnerons|donnons|ferons|saurait)\b.{0,80}\b(?:donner (?:une )?(?:suite|droit)|acceder|satisfaire|repondre favorablement|communiquer|transmettre|supprimer|effacer|traiter|faire droit|donnerons pas suite)",
            r"\bpas (?:etre )?(?:en mesure de |possible de |possible d')(?:donner|faire droit|acceder|satisfaire|repondre favorablement|communiquer|supprimer|effacer|traiter)",
            r"(?:ne (?:donnerons|donnons|ferons|souhaitons)|n'entendons|n'allons) pas (?:donner )?(?:une )?(?:suite|droit)",
            r"suite defavorable",
            r"reponse negative a votre demande",
        ),
        0.85: (
            r"manifestement infonde\w*",
            r"excessi(?:f|ve)",
            r"abusi(?:f|ve)",
            r"repetitif",
            r"repetitive",
        ),
        0.75: (
            r"\b(?:ne sommes pas|n'est pas|ne sommes) (?:tenus?|obliges?|contraints?)",
            r"aucune obligation",
            r"pas l'obligation",
            r"ne (?:disposez|beneficiez) (?:pas )?d'aucun droit",
            r"pas le droit",
        ),
    },
    K.PARTIAL: {
        0.85: (r"\b(?:partiel\w*|en partie|pour partie)\b.{0,80}",),
        0.82: (
            r"\b(?:occulte\w*|caviarde\w*|masque\w*|biffe\w*)\b",
            r"\b(?:algorithme|formule|ponderation|notes internes|secret des affaires|calcul du score|origine des donnees|tiers)\b.{0,120}(?:ne (?:peut|peuvent|pouvons|sont|seront)|pas (?:communi|transmi)|refus|exclu|confidentiel)",
            r"(?:en revanche|toutefois|cependant|neanmoins)\b.{0,80}\bne (?:pouvons|peuvent|peut|sont|seront|saurions)\b.{0,60}(?:communi|transm|effac|supprim|fourn)",
            r"(?:en revanche|toutefois|cependant)\b.{0,60}\b(?:conserv\w+|refus\w+)",
        ),
        0.75: (r"\b(?:a l'exception|hormis|excepte|sauf)\b",),
    },
    K.DATA: {
        0.88: (
            rf"\b{_ATTACHED}\b.{{0,140}}\b{_COPY}\b",
            rf"\b{_COPY}\b.{{0,140}}\b{_ATTACHED}\b",
        ),
        0.85: (
            r"\b(?:detenons|conservons|disposons|traitons|enregistre\w*|figurent|avons)\b.{0,60}\b(?:donnees|informations|elements) (?:\w+ ){0,2}suivant\w*",
            r"(?:donnees|informations) (?:\w+ ){0,3}(?:suivantes|ci-dessous)",
            r"voici .{0,40}(?:donnees|informations|copie|elements|fiche)",
        ),
        0.75: (r"mot de passe\b.{0,60}(?:fichier|archive|pdf|zip|document)",),
    },
    K.DATA_LINK: {
        0.85: (
            r"\b(?:telecharg\w+|recuperer|consulter|acceder)\b.{0,140}(?:donnees|copie|export|archive|fichier|dossier|https?:)",
            r"\b(?:donnees|copie|export|archive|fichier|dossier)\b.{0,120}(?:telecharg\w+|disponibles? (?:sur|a|via|dans|en)|mis\w* a (?:votre )?disposition|accessibles?)",
        ),
        0.8: (
            r"\b(?:lien)\b.{0,100}(?:donnees|telecharg|valable|expire|securise|copie)",
            r"via (?:le|ce) lien",
        ),
    },
    K.DATA_BY_POST: {
        0.88: (
            r"\b(?:par (?:la poste|voie postale|courrier(?: postal| recommande| simple| separe)?|lettre recommandee|pli)|sous pli)\b.{0,100}(?:donnees|copie|dossier|reponse|informations|envoy|adress|parviendr|recevrez|expedi)",
            r"\b(?:donnees|copie|dossier|reponse|informations|elements|documents?)\b.{0,120}\b(?:par (?:la poste|voie postale|courrier|lettre recommandee|pli)|sous pli)",
            r"(?:recevrez|envoyons|adressons|expedi\w+|parviendr\w+|poste)\b.{0,80}\b(?:par (?:la poste|voie postale|courrier|lettre|pli)|sous pli)",
        ),
    },
    K.CONFIRMED: {
        0.88: (
            rf"\b(?:avons|ai|ont ete|a ete|a bien ete|ont bien ete|a bien|ete|etes|est|sont|avoir)\b.{{0,80}}\b{_PAST}\b",
            rf"{_THING} .{{0,60}}(?:ont|a) (?:\w+ ){{0,3}}{_PAST}",
        ),
        0.85: (
            r"\b(?:suppression|effacement|rectification|limitation|desinscription|opposition|correction|modification)\b.{0,70}\b(?:effectuee?|effective|realisee?|confirme\w*|prise? en compte|enregistree?|faite?|terminee?)",
            r"confirm\w+ .{0,50}(?:suppression|effacement|rectification|desinscription|opposition)",
            r"(?:procede|proceder?) a (?:la |l')(?:suppression|effacement|rectification|desinscription)",
        ),
        0.8: (
            r"liste (?:d'opposition|repoussoir|rouge|noire)",
            r"ne recevrez plus",
            r"plus (?:recevoir|de (?:publicite|prospection|sollicitation|courrier))",
            r"bloctel",
        ),
        0.7: (
            r"\bne (?:figure\w*|est|sont|apparai\w+) plus (?:dans|sur)",
            r"(?:fait|donne) (?:droit|suite|une suite favorable) a votre (?:demande|opposition)",
            r"votre demande (?:a (?:bien )?ete|est) (?:satisfaite|executee|realisee|traitee et)",
        ),
        0.5: (r"\b(?:allons|sera|seront|va etre|vont etre|supprimerons)\b.{0,60}(?:supprim|effac|rectifi|corrig)",),
    },
    K.NO_DATA: {
        0.9: (
            rf"\baucune? (?:\w+ ){{0,3}}{_DATA}\b",
            rf"\baucune? autre? ?{_DATA}\b",
            r"\bne (?:detenons|possedons|disposons|conservons|traitons|trouvons|figurez|figure|detient|dispose)\b.{0,60}\b(?:aucun\w*|pas|nulle|rien)\b",
        ),
        0.85: (
            r"\b(?:n'avons|n'a|n'ai)\b (?:\w+ ){0,4}(?:rien|aucun\w*|pas (?:retrouve|trouve|identifie))\b",
            r"n'avons (?:\w+ )?(?:retrouve|trouve) (?:aucun\w*|nulle)",
            r"pas de (?:donnees|dossier|compte|trace|fiche|client)",
            r"rien (?:trouve|sur vous|a votre nom|vous concernant)",
            r"\bplus rien\b",
            r"inconnu\w* (?:de nos|chez|dans|de notre)",
            r"\b(?:n'etes|n'apparaissez|n'avez jamais ete|n'etes pas) (?:\w+ ){0,2}(?:client|connu|dans|inscrit|adherent|repertorie|enregistre)\w*",
            r"recherches? .{0,60}(?:infructueuse|vaine|sans resultat|negati)",
        ),
        0.65: (
            rf"{_DATA} .{{0,60}}(?:deja ete|depuis longtemps) (?:\w+ )?(?:supprime|efface|detruit)",
            r"n'existe plus",
            r"n'est plus dans",
        ),
    },
    K.WRONG_CONTROLLER: {
        0.9: (
            r"\bne (?:sommes|suis|etions) pas (?:\w+ ){0,3}responsables? (?:du|de ce|de ces|de vos) traitement",
            r"n'est pas (?:le )?responsable (?:du|de ce) traitement",
            r"pas (?:la qualite de |le )responsable",
        ),
        0.85: (
            r"\b(?:sous-traitants?|simple prestataire|pour le compte de|agissons (?:uniquement )?(?:en qualite|comme|en tant que))\b",
        ),
        0.82: (
            r"responsable (?:du|de ce) traitement (?:est|reste|demeure)\b",
            r"(?:adress\w+|contact\w+|tourn\w+|rapproch\w+)\b.{0,80}(?:la societe|l'entreprise|\bsas\b|\bsarl\b|\bsa\b|filiale|maison[- ]mere|notre partenaire|votre (?:banque|bailleur|employeur|fournisseur)|l'organisme|enedis|la mairie)",
        ),
        0.78: (
            r"\b(?:mauvais\w*|erreur (?:de|sur le)|autre) (?:destinataire|societe|entreprise|interlocuteur|organisme|entite|service que)",
            r"confond\w+",
            r"(?:cede\w*|repris\w*|rachete\w*|transfere\w*) .{0,30}\b(?:a|par|au) .{0,60}(?:societe|groupe|sas|\bsa\b|sarl)",
            r"ne nous concerne pas",
            r"rien a voir",
            r"pas (?:le bon|competent)",
        ),
    },
    K.FEE_DEMAND: {
        0.88: (
            r"\b(?:frais|tarif|participation|somme|cheque|paiement|reglement|redevance|cout|montant|forfait)\b.{0,80}(?:\d+(?:[.,]\d+)? ?(?:eur|euros?|€)|exige\w*|demandee?s?|prealable|a regler|payable|d'avance|a l'ordre|reclame\w*|s'eleve\w*)",
            r"\b(?:regler|payer|acquitter|verser|facturer?|factur\w+|joindre|envoyer)\b.{0,80}(?:frais|somme|cheque|paiement|\d+(?:[.,]\d+)? ?(?:eur|euros?|€))",
            r"\bpayant\w*\b",
        ),
    },
    K.IDENTITY_DEMAND: {
        0.9: (
            r"\b(?:copie|photocopie|scan|photo|justificatif|recto|piece|titre|preuve|document)\b.{0,50}\b(?:d'identite|identite|passeport|permis|cni|carte d'identite|domicile|de votre identite)\b",
        ),
        0.86: (
            r"\b(?:verifi\w+|justifi\w+|confirm\w+|prouv\w+|etabli\w*|assur\w+|surs? de|doute\w*|controler)\b.{0,60}\b(?:identite|etes bien|la personne concernee)\b",
            r"\bidentifier avec certitude",
            r"(?:vous|de vous) identifier",
            r"identite .{0,40}(?:doute|verifi|justifi|certitude)",
        ),
        0.85: (rf"\b{_ASK}\b.{{0,120}}\b{_TRAIT}\b",),
        0.8: (
            rf"\b{_TRAIT}\b.{{0,60}}\b(?:necessaire\w*|indispensable\w*|requis\w*|manqu\w+)",
            r"\b(?:passeport|carte d'identite|cni|permis de conduire)\b.{0,60}(?:venir|presenter|apporter|envoyer|muni|svp|merci)",
            r"\b(?:presente\w+|apporte\w+|envoye\w+|joindre|joigne\w*|muni\w*|avec|passer).{0,60}\b(?:passeport|carte d'identite|cni)\b",
        ),
    },
    K.MANDATE_DEMAND: {
        0.9: (
            r"\b(?:mandat|procuration|pouvoir|habilitation|autorisation ecrite)\b.{0,100}(?:original\w*|signe\w*|fournir|transmettre|produire|joindre|manque\w*|necessaire|requis\w*|copie|justifi\w+|adresser|envoyer|absen\w*|n'est pas|parvenir)",
            r"\b(?:original|signe|fournir|transmettre|produire|joindre|manque|justifi\w+|copie|sans|adresser|envoyer|preuve|besoin|vu|parvenir)\b.{0,80}\b(?:mandat|procuration|pouvoir|habilitation)\b",
            r"agir (?:en son nom|au nom|pour (?:le )?compte)",
        ),
    },
    K.CLARIFICATION_DEMAND: {
        0.88: (
            r"\b(?:preciser|precisez|clarifier|specifier|delimiter|circonscrire|cibler|eclaircir)\b.{0,120}(?:demande|donnees|periode|traitement|quel|nature|objet|souhait|portee|informations|contrat)",
            r"precisions? (?:sur|quant|concernant|complementaires)",
            r"plus (?:precis|explicite)",
        ),
        0.85: (
            r"\b(?:quel\w*|a quoi|de quoi)\b.{0,100}(?:\?|souhaitez|concern\w+|faites reference|s'agit|porte)",
            r"considerant 63",
        ),
        0.7: (
            r"\b(?:ne (?:comprenons|saisissons) pas|pas clair\w*|peu clair\w*|qu'entendez|que voulez|que souhaitez)",
        ),
    },
    K.WRONG_CHANNEL: {
        0.85: (
            r"\b(?:merci de|veuillez|vous invitons|devez|utilis\w+|rempli\w+|adress\w+|passer par|contact\w+|connect\w+|rendez-vous|appel\w+|ecri\w+|effectu\w+|faire)\b.{0,120}(?:formulaire|portail|site (?:internet|web)|notre site|application|espace (?:client|personnel)|par (?:courrier|ecrit|telephone|voie postale)|\bdpo\b|delegue\w* a la protection|service (?:client|juridique|dpo|donnees)|@|en ligne|https?:|www\.|rubrique)",
            r"\b(?:cette|la presente) (?:adresse|boite|messagerie)\b.{0,80}\b(?:pas|plus|ne)\b.{0,60}(?:consultee?|traitee?|lue?|destinee?|relevee?|geree?|permet|utilisee?)",
            r"\b(?:ne (?:traitons|acceptons|pouvons)|n'acceptons|aucune demande|pas (?:etre )?(?:traitee|prise|acceptee)s?)\b.{0,80}(?:par (?:e-?mail|mail|courriel|courrier electronique|ce (?:biais|canal))|via cette adresse)",
            r"(?:uniquement|exclusivement|seulement) (?:par|via|sur|au moyen|en)\b",
        ),
    },
    K.EXTENSION: {
        0.92: (
            r"\b(?:prolong\w+|prorog\w+|report\w+|allong\w+)\b.{0,100}(?:delai|mois|reponse|semaines|echeance|traitement)",
            r"\b(?:delai)\b.{0,60}(?:prolong\w+|prorog\w+|supplementaire\w*|etendu|allonge|porte a)",
        ),
        0.88: (
            r"\b(?:deux|2|trois|3|un|six|quelques|huit) (?:mois|semaines) (?:supplementaires?|de plus|additionnel\w*)",
            r"delai (?:supplementaire|additionnel|complementaire)",
        ),
        0.85: (
            r"\b(?:ne (?:pouvons|pourrons|serons|sommes)|pas)\b.{0,80}\b(?:dans (?:le|les) delais?|delai (?:d'un mois|imparti|legal)|sous un mois|d'ici un mois)",
        ),
        0.75: (r"\b(?:plus de temps|plus long\w*|retard|davantage de temps)\b",),
    },
    K.ACKNOWLEDGEMENT: {
        0.88: (
            r"\b(?:accus\w+ (?:bonne )?reception|bien recu|avons recu|bonne reception de|bien (?:parvenu|arrive)\w*|reception de votre)\b",
            r"votre (?:demande|message|courriel|courrier|mail|requete) (?:nous )?(?:est|a) (?:bien )?(?:parvenu|ete recu|recu|enregistre|pris en compte|prise en compte)",
        ),
        0.75: (
            r"\b(?:transmis\w*|transmettons|transmets|transfere\w*|achemine\w*)\b.{0,80}(?:service|equipe|collegue|dpo|delegue|departement|direction|juridique)",
        ),
        0.7: (
            r"\b(?:remerci\w+|merci)\b.{0,50}(?:demande|message|courriel|courrier|mail|prise de contact)\b",
            r"\b(?:revenons|reviendrons|reviens|reviendrai|traiterons|traitons|examinons|etudions|repondrons|mettons tout)\b.{0,80}(?:vers vous|demande|reponse|dossier|delais|meilleurs|oeuvre|rapidement)",
            r"en cours (?:de traitement|d'examen|d'instruction)",
            r"sera traitee",
            r"dans les meilleurs delais",
        ),
    },
    K.AUTO_REPLY: {
        0.88: (
            ABSENCE,
            r"\b(?:reponse|message|accuse de reception|courriel|e-?mail|mail|notification) (?:\w+ ){0,2}automatique\w*",
            r"(?:envoye|genere|emis)\w* automatiquement",
        ),
        0.75: (
            r"\b(?:ticket|dossier|demande)\b.{0,40}(?:a ete (?:cree|ouvert|enregistre)e?|sous (?:le|la) (?:numero|reference)|porte le numero)",
            r"numero de ticket",
        ),
    },
    K.OTHER: {
        0.7: (
            r"\b(?:newsletter|promo(?:tion)?s?\b|remise de|soldes|offre speciale|profitez|code promo|se desabonner|livraison gratuite|webinaire|jeu concours)\b",
        ),
    },
}

# kind → patterns that cancel it in the same sentence
UNLESS: Mapping[K, tuple[str, ...]] = {
    K.REFUSAL: (
        r"\b(?:sans (?:cette|ce|ces|la|votre|justificatif|copie|mandat)|tant que|avant (?:de|d'avoir|que)|jusqu'a|a defaut|des (?:que|reception)|dans (?:le|les) delais?|delai|par (?:e-?mail|mail|courriel|telephone)|cette adresse|en cas de refus|droit de refuser|a des tiers)\b",
    ),
    K.PARTIAL: (r"\b(?:sauf erreur|sauf (?:le|les) (?:week|dimanche|jours)|fiscal\w*|comptab\w*|aucune exception)\b",),
    K.DATA: (
        r"\b(?:formulaire|notice|politique de confidentialite|mentions|questionnaire|a (?:remplir|completer|retourner|signer)|votre piece jointe|n'avons pas pu ouvrir|mandat|procuration|par (?:la poste|courrier|voie postale)|aucune? (?:donnee|information|trace)\w*|piece d'identite)\b",
        r"merci de (?:nous )?(?:joindre|envoyer|fournir)",
        r"(?:nous )?(?:faire parvenir|transmettre|fournir|adresser) (?:une|la|votre)",
    ),
    K.DATA_LINK: (
        r"\b(?:politique|formulaire|pour (?:faire|exercer|formuler)|notice|effectuer votre demande|bientot)\b",
        r"(?:seront|sera) disponible",
        r"n'acced\w+",
        r"ne pouvons",
        r"pouvoir acceder",
    ),
    K.DATA_BY_POST: (
        r"\b(?:merci de|veuillez|adressez|envoyez|uniquement|exclusivement|seulement|les demandes|devez|vous prions|vous invitons|nous (?:adresser|envoyer|ecrire|transmettre)|formulez)\b",
    ),
    K.CONFIRMED: (
        r"\b(?:deja ete|depuis longtemps|automatiquement au bout|n'(?:a|ont) pas (?:ete )?|(?:ticket|politique|conditions|message) .{0,20}(?:modifie|mis a jour|cloture)|avant d'etre|vous avez (?:modifie|supprime)|apres .{0,30}(?:ans|mois|jours))\b",
    ),
    K.NO_DATA: (
        r"\baucune? (?:autre|suite|reponse|obligation|maniere|facon|difficulte|frais|inquietude|hesitation)",
        r"a des tiers",
        r"transfer\w+",
        r"decision automatisee",
        r"profilage",
        r"sensible\w*",
        r"sans (?:ces|cette|votre)",
        r"\bn'hesitez",
        r"d'autres",
        r"pas encore",
        r"ne (?:disposons|avons) pas (?:assez|suffisamment|de (?:moyen|votre))",
        r"aucun moyen",
        r"permettant",
        r"pas de suite",
        r"hormis",
        r"a part",
        r"en dehors",
    ),
    K.WRONG_CONTROLLER: (
        r"\b(?:destinataires?|a nos sous-traitants|par nos sous-traitants|responsabilite|cnil|autorite de controle|nous sommes (?:bien )?(?:le )?responsables?)\b",
    ),
    K.FEE_DEMAND: (r"\b(?:gratuit\w*|sans frais|aucun frais|pas de frais|sans cout)\b",),
    K.IDENTITY_DEMAND: (
        r"\b(?:pas (?:besoin|necessaire|requis\w*|utile)|inutile|ne (?:demandons|necessite)|dispens\w+|(?:avons|a) (?:bien )?(?:verifie|recu|controle)|merci (?:pour|de nous avoir)|remercions .{0,40}(?:identite|justificatif))\b",
        r"@",
    ),
    K.MANDATE_DEMAND: (
        r"\b(?:pas (?:besoin|necessaire|requis)|avons bien recu (?:votre|le) mandat|inutile|autorite de controle)\b",
        r"pouvoir (?:y )?(?:repondre|traiter|vous|acceder|donner|verifier|identifier|proceder|faire)",
    ),
    K.CLARIFICATION_DEMAND: (
        r"\b(?:tenons a preciser|nous precisons|il convient de preciser|date de naissance|adresse postale|numero (?:de )?client|quelle que soit|quels que soient|identite)\b",
    ),
    K.WRONG_CHANNEL: (
        r"\b(?:question\w*|reclamation|cnil|urgen\w+|egalement|aussi|en mon absence|identite|justificatif|mandat|passeport|telecharg\w+|politique de confidentialite|desabonn\w+|par courrier separe|recevrez)\b",
    ),
    K.EXTENSION: (r"\b(?:delai de conservation|contrat|abonnement|duree de conservation|report d'echeance)\b",),
    K.ACKNOWLEDGEMENT: (r"\b(?:pas (?:bien )?recu|rien recu|n'avons pas recu)\b",),
    K.AUTO_REPLY: (
        r"\bdecision",
        r"traitement automatis",
    ),
}
