<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>ostrich::ui::AnswerText</name>
    <message>
        <source>“%1” %2</source>
        <translation>«&#xa0;%1&#xa0;» %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::AttackForm</name>
    <message>
        <source>Random start</source>
        <translation>Départ au hasard</translation>
    </message>
    <message>
        <source>Attack</source>
        <translation>Attaque</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>pas</translation>
    </message>
    <message>
        <source>The same attack from another random start</source>
        <translation>La même attaque, depuis un autre départ au hasard</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>Norme</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Cible</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Méthode</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>Plus…</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pas</translation>
    </message>
    <message>
        <source>How many steps the attack takes: more of them find more.
Another method begins with as many as its paper takes.</source>
        <translation>Combien de pas fait l&apos;attaque : plus il y en a, plus elle trouve.
Une autre méthode commence avec autant de pas que dans son article.</translation>
    </message>
    <message>
        <source>What the network is to say: one class, or whichever wrong one is easiest.
Some methods know no target.</source>
        <translation>Ce que le réseau doit dire : une classe, ou la mauvaise réponse la plus facile.
Certaines méthodes ne visent pas de cible.</translation>
    </message>
    <message>
        <source>Random starts, and what this attack can be told</source>
        <translation>Départs au hasard, et les réglages propres à cette attaque</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::AttackPanel</name>
    <message>
        <source>Over how many test pictures the curve is measured</source>
        <translation>Nombre d&apos;images de test sur lesquelles la courbe est mesurée</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Draw the curve</source>
        <translation>Tracer la courbe</translation>
    </message>
    <message>
        <source>adaptive</source>
        <translation>adaptative</translation>
    </message>
    <message>
        <source>Random starts, and what this attack and this defence can be told</source>
        <translation>Départs au hasard, et les réglages propres à cette attaque et à cette défense</translation>
    </message>
    <message>
        <source>Adaptive: the attack knows of the defence and sees past it (it takes its slope for 1: Athalye et al. 2018).
Otherwise it takes the slope that there is, which may be zero: the mistake that makes a broken defence look good.</source>
        <translation>Adaptative : l&apos;attaque connaît la défense et voit au travers (elle prend sa pente pour 1 : Athalye et al. 2018).
Sinon elle prend la pente qu&apos;il y a, peut-être nulle : l&apos;erreur qui fait paraître bonne une défense cassée.</translation>
    </message>
    <message>
        <source>Defence</source>
        <translation>Défense</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>What cleans the picture before the network sees it</source>
        <translation>Ce qui nettoie l&apos;image avant que le réseau la voie</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::AttentionLines</name>
    <message>
        <source>Who looks at whom</source>
        <translation>Qui regarde qui</translation>
    </message>
    <message>
        <source>Left and right choose the word that looks.</source>
        <translation>Gauche et droite choisissent le mot qui regarde.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::AttentionMap</name>
    <message>
        <source>Attention as a map</source>
        <translation>L’attention en carte</translation>
    </message>
    <message>
        <source>Up and down choose the word that looks.</source>
        <translation>Haut et bas choisissent le mot qui regarde.</translation>
    </message>
    <message>
        <source>%1 looks at %2: %3</source>
        <translation>%1 regarde %2&#xa0;: %3</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::AttentionPage</name>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Attention, in per cent</source>
        <translation>Attention, en pour cent</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Têtes</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Tête</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>moyenne</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>tête %1</translation>
    </message>
    <message>
        <source>Heads of layer %1</source>
        <translation>Têtes de la couche %1</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>what is read</source>
        <translation>ce qui est lu</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Cible</translation>
    </message>
    <message>
        <source>what is written, one word at a time</source>
        <translation>ce qui est écrit, mot à mot</translation>
    </message>
    <message>
        <source>Rows: the word written. Columns: the words read.</source>
        <translation>Lignes&#xa0;: le mot écrit. Colonnes&#xa0;: les mots lus.</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Regardés</translation>
    </message>
    <message>
        <source>the words read</source>
        <translation>les mots lus</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Regardent</translation>
    </message>
    <message>
        <source>the same words, each asking</source>
        <translation>les mêmes mots, chacun avec sa question</translation>
    </message>
    <message>
        <source>Rows: the word that looks. Columns: the words it looks at.</source>
        <translation>Lignes&#xa0;: le mot qui regarde. Colonnes&#xa0;: les mots qu’il regarde.</translation>
    </message>
    <message>
        <source>The answer hangs on</source>
        <translation>La réponse dépend de</translation>
    </message>
    <message>
        <source>Looks at</source>
        <translation>Regarde</translation>
    </message>
    <message>
        <source>the source</source>
        <translation>la source</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>lui-même</translation>
    </message>
    <message>
        <source>Rollout: all layers together</source>
        <translation>Rollout&#xa0;: toutes les couches ensemble</translation>
    </message>
    <message>
        <source>A decoder looks at the sentence to translate, and at the words that it has written so far.</source>
        <translation>Un décodeur regarde la phrase à traduire, et les mots qu’il a déjà écrits.</translation>
    </message>
    <message>
        <source>What is left of each word behind the last layer (Abnar and Zuidema 2020), instead of one head of one layer</source>
        <translation>Ce qui reste de chaque mot après la dernière couche (Abnar et Zuidema 2020), au lieu d’une tête d’une couche</translation>
    </message>
    <message>
        <source>the words written so far</source>
        <translation>les mots déjà écrits</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::BeamPanel</name>
    <message>
        <source>end</source>
        <translation>fin</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Another one: type it, or choose it, at the left.</source>
        <translation>Une autre&#xa0;: tapez-la, ou choisissez-la, à gauche.</translation>
    </message>
    <message>
        <source>Sentences followed</source>
        <translation>Phrases suivies</translation>
    </message>
    <message>
        <source>Each column is a step: the likeliest beginnings are kept, all others given up. The score is the mean log-probability of a sentence’s words.</source>
        <translation>Chaque colonne est un pas&#xa0;: les débuts les plus probables restent, tous les autres sont abandonnés. Le score est la log-probabilité moyenne des mots d’une phrase.</translation>
    </message>
    <message>
        <source>One step back (left arrow in the tree)</source>
        <translation>Un pas en arrière (flèche gauche dans l’arbre)</translation>
    </message>
    <message>
        <source>One step on (right arrow in the tree)</source>
        <translation>Un pas en avant (flèche droite dans l’arbre)</translation>
    </message>
    <message>
        <source>The network has not learned anything yet. Press Play, and see here how it chooses its words.</source>
        <translation>Le réseau n’a encore rien appris. Appuyez sur Lancer, et voyez ici comment il choisit ses mots.</translation>
    </message>
    <message>
        <source>Translating…</source>
        <translation>Traduction…</translation>
    </message>
    <message>
        <source>Greedy: word by word</source>
        <translation>Glouton&#xa0;: mot à mot</translation>
    </message>
    <message>
        <source>Beam of %1</source>
        <translation>Faisceau de %1</translation>
    </message>
    <message>
        <source>Both write the same sentence.</source>
        <translation>Les deux écrivent la même phrase.</translation>
    </message>
    <message>
        <source>The beam found a likelier sentence behind a less likely word.</source>
        <translation>Le faisceau a trouvé une phrase plus probable derrière un mot moins probable.</translation>
    </message>
    <message>
        <source>The beam gave up the greedy sentence on the way.</source>
        <translation>Le faisceau a abandonné la phrase gloutonne en route.</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>pas %1 sur %2</translation>
    </message>
    <message>
        <source>score %1</source>
        <translation>score %1</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::BeamTree</name>
    <message>
        <source>The beam’s tree</source>
        <translation>L’arbre du faisceau</translation>
    </message>
    <message>
        <source>Left and right choose the step up to which it is grown.</source>
        <translation>Gauche et droite choisissent le pas jusqu’auquel il a poussé.</translation>
    </message>
    <message>
        <source>“%1”: probability %2, log-probability %3
Sentence so far: sum %4, score (mean) %5</source>
        <translation>«&#xa0;%1&#xa0;»&#xa0;: probabilité %2, log-probabilité %3
La phrase jusqu’ici&#xa0;: somme %4, score (moyenne) %5</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::BlockList</name>
    <message>
        <source>Look at</source>
        <translation>Regarder</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::BlockLook</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2&#xa0;: %3</translation>
    </message>
    <message>
        <source>weights of %1</source>
        <translation>poids de %1</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::BlockStrip</name>
    <message>
        <source>a “%1”</source>
        <translation>classe «&#x202f;%1&#x202f;»</translation>
    </message>
    <message>
        <source>no output yet</source>
        <translation>pas de sortie</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>chargement</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Breadcrumb</name>
    <message>
        <source>Open groups</source>
        <translation>Groupes ouverts</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>×%1: you see the first</source>
        <translation>×%1&#xa0;: vous voyez le premier</translation>
    </message>
    <message>
        <source>Go out of this group (Alt+Up)</source>
        <translation>Sortir de ce groupe (Alt+Haut)</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::BuildPlace</name>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspecteur</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Courbes</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CameraDialog</name>
    <message>
        <source>Shoot a picture</source>
        <translation>Prendre une photo</translation>
    </message>
    <message>
        <source>Opening the camera…</source>
        <translation>Ouverture de la caméra…</translation>
    </message>
    <message>
        <source>The middle is cut out and made to fit the network.</source>
        <translation>Le milieu est découpé et mis à la taille du réseau.</translation>
    </message>
    <message>
        <source>Shoot</source>
        <translation>Photographier</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CanvasView</name>
    <message>
        <source>Network canvas</source>
        <translation>Plan du réseau</translation>
    </message>
    <message>
        <source>The clipboard holds no blocks. Copy some first.</source>
        <translation>Le presse-papiers ne contient aucun bloc. Copiez-en d&apos;abord.</translation>
    </message>
    <message>
        <source>%1. W begins a wire, Shift+W chooses one.</source>
        <translation>%1. W commence un fil, Shift+W en choisit un.</translation>
    </message>
    <message>
        <source>Add a block…</source>
        <translation>Ajouter un bloc…</translation>
    </message>
    <message>
        <source>Begin a wire</source>
        <translation>Commencer un fil</translation>
    </message>
    <message>
        <source>Select the next wire</source>
        <translation>Choisir le fil suivant</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Couper</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Coller</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Select a block that has an output first.</source>
        <translation>Choisissez d&apos;abord un bloc qui a une sortie.</translation>
    </message>
    <message>
        <source>No input fits a wire from this block.</source>
        <translation>Aucune entrée n&apos;accepte un fil de ce bloc.</translation>
    </message>
    <message>
        <source>Arrow keys choose an input, Enter connects, Escape cancels.</source>
        <translation>Les flèches choisissent une entrée, Entrée relie, Échap annule.</translation>
    </message>
    <message>
        <source>Wire to %1. Enter connects, Escape cancels.</source>
        <translation>Fil vers %1. Entrée relie, Échap annule.</translation>
    </message>
    <message>
        <source>Select a block that has wires first.</source>
        <translation>Choisissez d&apos;abord un bloc qui a des fils.</translation>
    </message>
    <message>
        <source>Wire from %1 to %2. Delete removes it.</source>
        <translation>Fil de %1 à %2. Suppr l&apos;enlève.</translation>
    </message>
    <message>
        <source>Fold into a group</source>
        <translation>Replier dans un groupe</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>Voir l’intérieur</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>Déplier</translation>
    </message>
    <message>
        <source>Go out</source>
        <translation>Ressortir</translation>
    </message>
    <message>
        <source>Open up into its blocks</source>
        <translation>Décomposer en blocs</translation>
    </message>
    <message>
        <source>Use the weights of</source>
        <translation>Utiliser les poids de</translation>
    </message>
    <message>
        <source>No other block has weights that fit</source>
        <translation>Aucun autre bloc n’a des poids qui conviennent</translation>
    </message>
    <message>
        <source>None: its own</source>
        <translation>Aucun&#xa0;: les siens</translation>
    </message>
    <message>
        <source>Select a group first.</source>
        <translation>Sélectionnez d’abord un groupe.</translation>
    </message>
    <message>
        <source>Only a block that is made of smaller ones opens up, once its shapes fit.</source>
        <translation>Seul un bloc fait de plus petits s’ouvre, une fois que ses formes conviennent.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::ClassBox</name>
    <message>
        <source>Type a class</source>
        <translation>Tapez une classe</translation>
    </message>
    <message>
        <source>any other class</source>
        <translation>toute autre classe</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CompareControls</name>
    <message>
        <source>Same task: RNN, LSTM, GRU, attention</source>
        <translation>Même tâche&#xa0;: RNN, LSTM, GRU, attention</translation>
    </message>
    <message>
        <source>More seeds of this network</source>
        <translation>Plus de graines de ce réseau</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Graines</translation>
    </message>
    <message>
        <source>How often each network is trained: each time from other initial weights, in another order</source>
        <translation>Combien de fois chaque réseau apprend&#xa0;: chaque fois à partir d’autres poids initiaux, dans un autre ordre</translation>
    </message>
    <message numerus="yes">
        <source>Trains all four on the data of the project, at equal parameters, each with %n seed(s)</source>
        <translation>
            <numerusform>Les quatre apprennent sur les données du projet, à paramètres égaux, chacun avec %n graine</numerusform>
            <numerusform>Les quatre apprennent sur les données du projet, à paramètres égaux, chacun avec %n graines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trains the network on the canvas with %n seed(s) that it has no run of yet</source>
        <translation>
            <numerusform>Le réseau du plan apprend avec %n graine dont il n’a pas encore d’essai</numerusform>
            <numerusform>Le réseau du plan apprend avec %n graines dont il n’a pas encore d’essai</numerusform>
        </translation>
    </message>
    <message>
        <source>RNN, LSTM, GRU, attention</source>
        <translation>RNN, LSTM, GRU, attention</translation>
    </message>
    <message>
        <source>More seeds</source>
        <translation>Plus de graines</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CompareModel</name>
    <message>
        <source>%1, seed %2</source>
        <translation>%1, graine %2</translation>
    </message>
    <message>
        <source>%1: the run could not be kept (%2)</source>
        <translation>%1&#xa0;: l’essai n’a pas pu être conservé (%2)</translation>
    </message>
    <message>
        <source>No folder could be made: %1</source>
        <translation>Impossible de créer un dossier&#xa0;: %1</translation>
    </message>
    <message>
        <source>Your run goes first: the comparison has stopped. Start it again and it goes on with what is missing.</source>
        <translation>Votre essai passe d’abord&#xa0;: la comparaison s’est arrêtée. Relancez-la, elle reprendra ce qui manque.</translation>
    </message>
    <message>
        <source>A comparison is being trained.</source>
        <translation>Une comparaison est en cours d’apprentissage.</translation>
    </message>
    <message>
        <source>A run is being trained. Pause it or stop it first.</source>
        <translation>Un essai est en cours d’apprentissage. Mettez-le d’abord en pause ou arrêtez-le.</translation>
    </message>
    <message>
        <source>The data are being prepared.</source>
        <translation>Les données se préparent.</translation>
    </message>
    <message>
        <source>All of it has been trained already: it is ticked.</source>
        <translation>Tout a déjà été entraîné&#xa0;: c’est coché.</translation>
    </message>
    <message>
        <source>Stopping the comparison…</source>
        <translation>La comparaison s’arrête…</translation>
    </message>
    <message>
        <source>Run %1 of %2</source>
        <translation>Essai %1 sur %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>reste %1</translation>
    </message>
    <message numerus="yes">
        <source>The comparison has ended: %n run(s) trained.</source>
        <translation>
            <numerusform>La comparaison est finie&#xa0;: %n essai entraîné.</numerusform>
            <numerusform>La comparaison est finie&#xa0;: %n essais entraînés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Run %1 of %2: %3</source>
        <translation>Essai %1 sur %2&#xa0;: %3</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CompareTable</name>
    <message>
        <source>Comparison</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Époques</translation>
    </message>
    <message>
        <source>Time per epoch</source>
        <translation>Temps par époque</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Graines</translation>
    </message>
    <message>
        <source>Mean over the seeds, and how far the true mean may lie from it with 95 % confidence</source>
        <translation>Moyenne sur les graines, et jusqu’où la vraie moyenne peut s’en écarter, à 95&#xa0;% de confiance</translation>
    </message>
    <message>
        <source>95 % interval: %1 to %2</source>
        <translation>Intervalle à 95&#xa0;%&#xa0;:&#xa0;%1 à&#xa0;%2</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CompareView</name>
    <message>
        <source>in training</source>
        <translation>en apprentissage</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>essai %1</translation>
    </message>
    <message>
        <source>runs %1</source>
        <translation>essais %1</translation>
    </message>
    <message>
        <source>One seed says little: another may turn the order round. With more of them each figure gets its interval.</source>
        <translation>Une seule graine dit peu&#xa0;: une autre peut inverser l’ordre. Avec plusieurs, chaque chiffre reçoit son intervalle.</translation>
    </message>
    <message>
        <source>%1 is ahead: no other interval reaches its own.</source>
        <translation>%1 est devant&#xa0;: aucun autre intervalle n’atteint le sien.</translation>
    </message>
    <message>
        <source>%1 and %2: their intervals overlap, so these seeds do not settle which is better.</source>
        <translation>%1 et %2&#xa0;: leurs intervalles se recouvrent, ces graines ne disent donc pas lequel est meilleur.</translation>
    </message>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n bloc</numerusform>
            <numerusform>%n blocs</numerusform>
        </translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Essai %1</translation>
    </message>
    <message>
        <source>Test accuracy</source>
        <translation>Exactitude (test)</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>%1 (test)</translation>
    </message>
    <message>
        <source>These runs are of different data: their figures do not compare.</source>
        <translation>Ces essais portent sur des données différentes&#xa0;: leurs chiffres ne se comparent pas.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) stopped or broken down: not counted.</source>
        <translation>
            <numerusform>%n essai arrêté ou interrompu par une erreur&#xa0;: non compté.</numerusform>
            <numerusform>%n essais arrêtés ou interrompus par une erreur&#xa0;: non comptés.</numerusform>
        </translation>
    </message>
    <message>
        <source>loss</source>
        <translation>perte</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>exactitude</translation>
    </message>
    <message>
        <source>error</source>
        <translation>erreur</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <source>Back to the run</source>
        <translation>Retour à l’essai</translation>
    </message>
    <message>
        <source>by epoch</source>
        <translation>par époque</translation>
    </message>
    <message>
        <source>Curves of the ticked runs</source>
        <translation>Courbes des essais cochés</translation>
    </message>
    <message>
        <source>Tick two or more runs in the list to compare them: click their boxes, click them with Ctrl held down, or press the space bar. Or train the same task with four kinds of network, at equal parameters.</source>
        <translation>Cochez au moins deux essais de la liste pour les comparer&#xa0;: cliquez sur leur case, cliquez dessus en tenant Ctrl, ou appuyez sur Espace. Ou faites apprendre la même tâche à quatre sortes de réseaux, à paramètres égaux.</translation>
    </message>
    <message numerus="yes">
        <source>%n network(s)</source>
        <translation>
            <numerusform>%n réseau</numerusform>
            <numerusform>%n réseaux</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n essai</numerusform>
            <numerusform>%n essais</numerusform>
        </translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>Perte (valid.)</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>Exactitude (valid.)</translation>
    </message>
    <message>
        <source>Validation error</source>
        <translation>Erreur (valid.)</translation>
    </message>
    <message>
        <source>%1 and %2 are level: these seeds do not tell them apart.</source>
        <translation>%1 et %2 sont à égalité&#xa0;: ces graines ne les départagent pas.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::ConfusionMatrix</name>
    <message>
        <source>Confusion matrix</source>
        <translation>Matrice de confusion</translation>
    </message>
    <message>
        <source>true</source>
        <translation>vraie classe</translation>
    </message>
    <message>
        <source>read as</source>
        <translation>lue comme</translation>
    </message>
    <message>
        <source>%1 of class “%2” read as “%3”</source>
        <translation>Classe «&#x202f;%2&#x202f;» lue comme «&#x202f;%3&#x202f;»&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::ConfusionPanel</name>
    <message>
        <source>validation</source>
        <translation>validation</translation>
    </message>
    <message>
        <source>test</source>
        <translation>test</translation>
    </message>
    <message>
        <source>Surest mistakes</source>
        <translation>Erreurs les plus sûres</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>Confusion</translation>
    </message>
    <message>
        <source>When a run has ended, this shows which classes the network mixes up, with the pictures behind each cell.</source>
        <translation>Une fois un essai terminé, vous verrez ici quelles classes le réseau confond, avec les images de chaque case.</translation>
    </message>
    <message>
        <source>No mistakes at all.</source>
        <translation>Aucune erreur.</translation>
    </message>
    <message>
        <source>%1 × “%2” read as “%3”, of %4</source>
        <translation>%1 × «&#x202f;%2&#x202f;» lu «&#x202f;%3&#x202f;», sur %4</translation>
    </message>
    <message>
        <source>The figure is its confidence in “%1”.</source>
        <translation>Le chiffre est sa confiance en «&#x202f;%1&#x202f;».</translation>
    </message>
    <message>
        <source>%1, step %2</source>
        <translation>%1, pas %2</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CurveLegend</name>
    <message>
        <source>The curves</source>
        <translation>Les courbes</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CurvePanel</name>
    <message>
        <source>Accuracy against ε</source>
        <translation>Exactitude selon ε</translation>
    </message>
    <message>
        <source>Loss, step by step</source>
        <translation>Perte, pas à pas</translation>
    </message>
    <message>
        <source>Which curve</source>
        <translation>Quelle courbe</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CurvePlot</name>
    <message>
        <source>best: epoch %1</source>
        <translation>meilleure&#xa0;: époque %1</translation>
    </message>
    <message>
        <source>stopped early: epoch %1</source>
        <translation>arrêt&#xa0;: époque %1</translation>
    </message>
    <message>
        <source>test %1</source>
        <translation>test %1</translation>
    </message>
    <message>
        <source>gap %1</source>
        <translation>écart %1</translation>
    </message>
    <message>
        <source>naive %1</source>
        <translation>naïve %1</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::DataDialog</name>
    <message>
        <source>Choose data</source>
        <translation>Choisir les données</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Parcourir…</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Use these data</source>
        <translation>Utiliser ces données</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>%1 classes, each sample %2</source>
        <translation>%1 classes, chaque exemple %2</translation>
    </message>
    <message>
        <source>Choose the folder with the data</source>
        <translation>Choisissez le dossier des données</translation>
    </message>
    <message>
        <source>File or folder</source>
        <translation>Fichier ou dossier</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Fichier…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Dossier…</translation>
    </message>
    <message>
        <source>%1 classes step by step, each sample %2</source>
        <translation>%1 classes pas à pas, chaque exemple %2</translation>
    </message>
    <message numerus="yes">
        <source>%n number(s) to tell, each sample %1</source>
        <translation>
            <numerusform>%n nombre à prévoir, chaque exemple %1</numerusform>
            <numerusform>%n nombres à prévoir, chaque exemple %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Sentences to translate, from %1 words to %2</source>
        <translation>Des phrases à traduire, de %1 mots vers %2</translation>
    </message>
    <message>
        <source>Choose the file with the data</source>
        <translation>Choisir le fichier des données</translation>
    </message>
    <message>
        <source>Choose the file first.</source>
        <translation>Choisissez d&apos;abord le fichier.</translation>
    </message>
    <message>
        <source>Choose the folder first.</source>
        <translation>Choisissez d&apos;abord le dossier.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::DataModel</name>
    <message>
        <source>dog</source>
        <translation>chien</translation>
    </message>
    <message>
        <source>cat</source>
        <translation>chat</translation>
    </message>
    <message>
        <source>ostrich</source>
        <translation>autruche</translation>
    </message>
    <message>
        <source>horse</source>
        <translation>cheval</translation>
    </message>
    <message>
        <source>elephant</source>
        <translation>éléphant</translation>
    </message>
    <message>
        <source>flamingo</source>
        <translation>flamant</translation>
    </message>
    <message>
        <source>fish</source>
        <translation>poisson</translation>
    </message>
    <message>
        <source>turtle</source>
        <translation>tortue</translation>
    </message>
    <message>
        <source>butterfly</source>
        <translation>papillon</translation>
    </message>
    <message>
        <source>owl</source>
        <translation>hibou</translation>
    </message>
    <message>
        <source>%1 at step %2</source>
        <translation>%1 au pas %2</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>négatif</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>positif</translation>
    </message>
    <message>
        <source>sine</source>
        <translation>sinus</translation>
    </message>
    <message>
        <source>square</source>
        <translation>carré</translation>
    </message>
    <message>
        <source>saw</source>
        <translation>dent de scie</translation>
    </message>
    <message>
        <source>triangle</source>
        <translation>triangle</translation>
    </message>
    <message>
        <source>chirp</source>
        <translation>sirène</translation>
    </message>
    <message>
        <source>bursts</source>
        <translation>salves</translation>
    </message>
    <message>
        <source>&lt;unknown&gt;</source>
        <translation>&lt;inconnu&gt;</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::DataPanel</name>
    <message>
        <source>Samples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>The sample that the blocks show. Click another one.</source>
        <translation>L&apos;exemple que montrent les blocs. Cliquez sur un autre.</translation>
    </message>
    <message>
        <source>%1, %2 samples</source>
        <translation>%1, %2 exemples</translation>
    </message>
    <message>
        <source>train</source>
        <translation>appr.</translation>
    </message>
    <message>
        <source>validate</source>
        <translation>valid.</translation>
    </message>
    <message>
        <source>test</source>
        <translation>test</translation>
    </message>
    <message>
        <source>%1 samples</source>
        <translation>%1 exemples</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>Choose other data</source>
        <translation>Choisir d&apos;autres données</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::EmbeddingPage</name>
    <message>
        <source>The points are being laid out…</source>
        <translation>Les points se placent…</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>ACP</translation>
    </message>
    <message>
        <source>t-SNE</source>
        <translation>t-SNE</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Mots</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::EmbeddingPlot</name>
    <message>
        <source>Layout</source>
        <translation>Disposition</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::EpsilonSlider</name>
    <message>
        <source>Epsilon: the largest change of a pixel</source>
        <translation>Epsilon&#xa0;: le plus grand changement d&apos;un pixel</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::FigureButton</name>
    <message>
        <source>Save or copy this figure</source>
        <translation>Enregistrer ou copier cette figure</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>Enregistrer en PNG…</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>Images PNG (*.png)</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Enregistrer en PDF…</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Fichiers PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>Enregistrer en SVG…</translation>
    </message>
    <message>
        <source>SVG drawings (*.svg)</source>
        <translation>Dessins SVG (*.svg)</translation>
    </message>
    <message>
        <source>Save the numbers as CSV…</source>
        <translation>Enregistrer les nombres en CSV…</translation>
    </message>
    <message>
        <source>CSV tables (*.csv)</source>
        <translation>Tables CSV (*.csv)</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Copier l&apos;image</translation>
    </message>
    <message>
        <source>Save the figure</source>
        <translation>Enregistrer la figure</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>%1 enregistré.</translation>
    </message>
    <message>
        <source>The figure is on the clipboard.</source>
        <translation>La figure est dans le presse-papiers.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::FilterDialog</name>
    <message>
        <source>%1 behind a filter</source>
        <translation>%1 derrière un filtre</translation>
    </message>
    <message>
        <source>Set it beside the others</source>
        <translation>Le mettre à côté des autres</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Findings</name>
    <message>
        <source>%1 could not be written. Choose another folder.</source>
        <translation>%1 n&apos;a pas pu être écrit. Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 à %2</translation>
    </message>
    <message>
        <source>%1: the true value lies in %2, with 95 % confidence</source>
        <translation>%1 : la vraie valeur se trouve dans %2, avec une confiance de 95 %</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>Liste de contrôle</translation>
    </message>
    <message>
        <source>In numbers</source>
        <translation>En chiffres</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Passed:</source>
        <translation>Réussi&#xa0;:</translation>
    </message>
    <message>
        <source>Failed:</source>
        <translation>Échoué&#xa0;:</translation>
    </message>
    <message>
        <source>Not answered:</source>
        <translation>Sans réponse&#xa0;:</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::FoolModel</name>
    <message>
        <source>The network is still learning. When the run ends, it can be fooled here.</source>
        <translation>Le réseau apprend encore. À la fin de l&apos;essai, vous pourrez le tromper ici.</translation>
    </message>
    <message>
        <source>Train a network first: press Play. Then come back and fool it.</source>
        <translation>Entraînez d&apos;abord un réseau&#xa0;: appuyez sur Lancer. Revenez ensuite le tromper.</translation>
    </message>
    <message>
        <source>The run has ended. Its best weights are being measured…</source>
        <translation>L&apos;essai est terminé. Ses meilleurs poids sont en cours de mesure…</translation>
    </message>
    <message>
        <source>This network reads no pictures: choose digits, animals or your own pictures as data, and train on them.</source>
        <translation>Ce réseau ne lit pas d&apos;images&#xa0;: choisissez comme données des chiffres, des animaux ou vos propres images, puis entraînez-le.</translation>
    </message>
    <message>
        <source>Fool needs pictures, texts or series with classes: choose some, and train.</source>
        <translation>Il faut des images, des textes ou des séries à classer&#xa0;: choisissez-en, puis entraînez.</translation>
    </message>
    <message>
        <source>The network is being opened…</source>
        <translation>Le réseau est en train de s&apos;ouvrir…</translation>
    </message>
    <message>
        <source>Choose one of your runs as the network above, or train another: press Play.</source>
        <translation>Choisissez un de vos essais comme réseau ci-dessus, ou lancez-en un autre&#xa0;: appuyez sur Lancer.</translation>
    </message>
    <message>
        <source>It reads none of these drawings: drop a photograph here.</source>
        <translation>Il ne reconnaît aucun de ces dessins&#xa0;: déposez une photo ici.</translation>
    </message>
    <message>
        <source>It reads none of the test pictures: drop a photograph here.</source>
        <translation>Il ne reconnaît aucune des images de test&#xa0;: déposez une photo ici.</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>l&apos;image</translation>
    </message>
    <message>
        <source>This attack is held by limits of its own, not by ε: there is no curve over ε.</source>
        <translation>Cette attaque est tenue par ses propres limites, pas par ε&#xa0;: il n&apos;y a pas de courbe selon ε.</translation>
    </message>
    <message>
        <source>The network reads none of the test pictures even before an attack: its curve would lie at 0 from one end to the other.</source>
        <translation>Le réseau ne reconnaît aucune des images de test, même avant toute attaque&#xa0;: sa courbe resterait à 0 d&apos;un bout à l&apos;autre.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::FoolPlace</name>
    <message>
        <source>Open a picture</source>
        <translation>Ouvrir une image</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>Images (%1)</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard. Copy one, then paste it here.</source>
        <translation>Le presse-papiers ne contient pas d&apos;image. Copiez-en une, puis collez-la ici.</translation>
    </message>
    <message>
        <source>Save the attacked picture</source>
        <translation>Enregistrer l&apos;image attaquée</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>Images PNG (*.png)</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>Enregistré&#xa0;: %1.</translation>
    </message>
    <message>
        <source>%1 could not be written. Choose another folder.</source>
        <translation>Impossible d&apos;écrire %1. Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>Une image</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>Études</translation>
    </message>
    <message>
        <source>Save PNG…</source>
        <translation>Exporter PNG…</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Rapport…</translation>
    </message>
    <message>
        <source>What is looked at</source>
        <translation>Ce qu&apos;on regarde</translation>
    </message>
    <message>
        <source>Saves the attacked picture, pixel by pixel</source>
        <translation>Enregistre l&apos;image attaquée, pixel par pixel</translation>
    </message>
    <message>
        <source>Saves what was found as a report: the picture, the curve, the checks, the studies</source>
        <translation>Enregistre les résultats en un rapport : l&apos;image, la courbe, les vérifications, les études</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Fichiers PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>Pages web (*.html)</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>Enregistrer un rapport</translation>
    </message>
    <message>
        <source>One sentence</source>
        <translation>Une phrase</translation>
    </message>
    <message>
        <source>One series</source>
        <translation>Une série</translation>
    </message>
    <message>
        <source>No picture has been attacked yet: there is none to save.</source>
        <translation>Aucune image n&apos;a encore été attaquée&#xa0;: il n&apos;y a rien à enregistrer.</translation>
    </message>
    <message>
        <source>Saved %1, but the network could not be asked about it: %2</source>
        <translation>%1 enregistré, mais le réseau n&apos;a pas pu être interrogé&#xa0;: %2</translation>
    </message>
    <message>
        <source>Saved %1. With 8 bits the network says %2.</source>
        <translation>%1 enregistré. Avec 8 bits, le réseau dit %2.</translation>
    </message>
    <message>
        <source>Saved %1. With 8 bits it no longer fools the network, which says %2 again.</source>
        <translation>%1 enregistré. Avec 8 bits, l&apos;image ne trompe plus le réseau, qui dit de nouveau %2.</translation>
    </message>
    <message>
        <source>Saved %1. With 8 bits, too, the network says %2.</source>
        <translation>%1 enregistré. Avec 8 bits aussi, le réseau dit %2.</translation>
    </message>
    <message>
        <source>Saved %1. With 8 bits the network is fooled otherwise: it says %2.</source>
        <translation>%1 enregistré. Avec 8 bits, le réseau se trompe autrement&#xa0;: il dit %2.</translation>
    </message>
    <message>
        <source>There is nothing to report yet: fool something, or run a study.</source>
        <translation>Il n&apos;y a encore rien à rapporter&#xa0;: trompez le réseau ou lancez une étude.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::ForecastPanel</name>
    <message>
        <source>validation</source>
        <translation>validation</translation>
    </message>
    <message>
        <source>test</source>
        <translation>test</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>Prévision</translation>
    </message>
    <message>
        <source>When a run has ended, this shows what it forecasts beside what came, and beside the last value repeated.</source>
        <translation>Quand un entraînement est terminé, on voit ici ce qu&apos;il prévoit à côté de ce qui est arrivé, et de la dernière valeur répétée.</translation>
    </message>
    <message>
        <source>Drag to move along, turn the wheel to see more or less of it</source>
        <translation>Glissez pour avancer, tournez la molette pour en voir plus ou moins</translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation>Erreur absolue moyenne</translation>
    </message>
    <message>
        <source>Root of the mean squared error</source>
        <translation>Racine de l&apos;erreur quadratique</translation>
    </message>
    <message>
        <source>MASE of the network</source>
        <translation>MASE du réseau</translation>
    </message>
    <message>
        <source>MASE of the last value repeated</source>
        <translation>MASE de la dernière valeur répétée</translation>
    </message>
    <message>
        <source>MASE of one season back</source>
        <translation>MASE d&apos;une saison avant</translation>
    </message>
    <message>
        <source>Its errors are %1 smaller than those of repeating the last value.</source>
        <translation>Ses erreurs sont %1 plus petites que si on répétait la dernière valeur.</translation>
    </message>
    <message>
        <source>No better than repeating the last value.</source>
        <translation>Pas mieux que de répéter la dernière valeur.</translation>
    </message>
    <message>
        <source>steps of the split</source>
        <translation>pas de la partie</translation>
    </message>
    <message>
        <source>Each point is forecast from the window before it, one step ahead.</source>
        <translation>Chaque point est prévu à partir de la fenêtre qui le précède, un pas en avant.</translation>
    </message>
    <message>
        <source>Levels are added up again, from zero.</source>
        <translation>Les niveaux sont additionnés de nouveau, à partir de zéro.</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>vérité</translation>
    </message>
    <message>
        <source>network</source>
        <translation>réseau</translation>
    </message>
    <message>
        <source>last value</source>
        <translation>dernière valeur</translation>
    </message>
    <message>
        <source>Truths inside the band</source>
        <translation>Valeurs vraies dans la bande</translation>
    </message>
    <message>
        <source>8 of 10 values should lie in the band</source>
        <translation>8 valeurs sur 10 devraient tomber dans la bande</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::HintBar</name>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>Compris</translation>
    </message>
    <message>
        <source>Press &lt;b&gt;Play&lt;/b&gt;: this network learns to read digits while you watch its blocks.</source>
        <translation>Appuyez sur &lt;b&gt;Lancer&lt;/b&gt;&#xa0;: ce réseau apprend à lire des chiffres pendant que vous observez ses blocs.</translation>
    </message>
    <message>
        <source>Drag a block from the left onto a wire, or press &lt;b&gt;space&lt;/b&gt; on the canvas and type its name.</source>
        <translation>Glissez un bloc depuis la gauche sur un fil, ou appuyez sur &lt;b&gt;espace&lt;/b&gt; sur le plan et tapez son nom.</translation>
    </message>
    <message>
        <source>When it has learned, open &lt;b&gt;Fool&lt;/b&gt; and change a picture so little that only the network notices.</source>
        <translation>Quand il a appris, ouvrez &lt;b&gt;Tromper&lt;/b&gt; et changez une image si peu que seul le réseau le remarque.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::HonestyPanel</name>
    <message>
        <source>Can we believe this?</source>
        <translation>Peut-on y croire ?</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Checking the attack and the network…</source>
        <translation>Vérification de l&apos;attaque et du réseau…</translation>
    </message>
    <message>
        <source>A curve that looks good may only show a weak attack. Draw the curve: this list then checks it.</source>
        <translation>Une courbe qui paraît bonne ne montre peut-être qu&apos;une attaque faible. Tracez la courbe : cette liste la vérifie ensuite.</translation>
    </message>
    <message>
        <source>%1, %2 open</source>
        <translation>%1, %2 sans réponse</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Inside</name>
    <message>
        <source>Depth of the useful memory</source>
        <translation>Profondeur de la mémoire utile</translation>
    </message>
    <message numerus="yes">
        <source>step(s)</source>
        <translation>
            <numerusform>pas</numerusform>
            <numerusform>pas</numerusform>
        </translation>
    </message>
    <message>
        <source>being measured…</source>
        <translation>mesure en cours…</translation>
    </message>
    <message>
        <source>farther back, less than half of the influence is left</source>
        <translation>plus loin, il reste moins de la moitié de l’influence</translation>
    </message>
    <message>
        <source>as long as the task’s lag</source>
        <translation>autant que le délai de la tâche</translation>
    </message>
    <message>
        <source>the task asks for %1</source>
        <translation>la tâche en demande %1</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Right, validation</source>
        <translation>Juste, validation</translation>
    </message>
    <message>
        <source>Chance is %1.</source>
        <translation>Le hasard donne %1.</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Pas %1</translation>
    </message>
    <message>
        <source>input %1</source>
        <translation>entrée %1</translation>
    </message>
    <message>
        <source>The top rows of the forget gate stay near 1: those units keep their cell. After something worth keeping their cell state takes a sign that depends on it, and holds it until it is asked for.</source>
        <translation>Les lignes du haut de la porte d’oubli restent près de 1&#xa0;: ces unités gardent leur cellule. Après ce qui est à retenir, leur cellule prend un signe qui en dépend, et le tient jusqu’à la question.</translation>
    </message>
    <message>
        <source>Where the update gate is near 1 a unit keeps its old state; near 0 it takes the new one.</source>
        <translation>Là où la porte de mise à jour est près de 1, une unité garde son ancien état&#xa0;; près de 0, elle prend le nouveau.</translation>
    </message>
    <message>
        <source>Every step mixes all of the state anew: see how fast a pattern fades to the right.</source>
        <translation>Chaque pas remélange tout l’état&#xa0;: voyez comme un motif s’efface vite vers la droite.</translation>
    </message>
    <message>
        <source>The word being written</source>
        <translation>Le mot en cours d’écriture</translation>
    </message>
    <message>
        <source>The word</source>
        <translation>Le mot</translation>
    </message>
    <message>
        <source>looks at</source>
        <translation>regarde</translation>
    </message>
    <message>
        <source>other words</source>
        <translation>autres mots</translation>
    </message>
    <message>
        <source>What it writes</source>
        <translation>Ce qu’il écrit</translation>
    </message>
    <message>
        <source>word %1</source>
        <translation>mot %1</translation>
    </message>
    <message>
        <source>Attention says where a block looks, not why the network answers as it does.</source>
        <translation>L’attention dit où regarde un bloc, pas pourquoi le réseau répond ainsi.</translation>
    </message>
    <message>
        <source>What this block puts out for the sample. Early blocks still look like their input; later ones answer questions: each map lights up where its pattern is.</source>
        <translation>Ce que ce bloc sort pour l’exemple. Les premiers blocs ressemblent encore à leur entrée&#xa0;; les suivants répondent à des questions&#xa0;: chaque carte s’allume là où est son motif.</translation>
    </message>
    <message>
        <source>The weights that slide over the input, one map for each filter; zero is in the middle of the colours. Before the training they are noise.</source>
        <translation>Les poids qui glissent sur l’entrée, une carte par filtre&#xa0;; zéro est au milieu des couleurs. Avant l’apprentissage, c’est du bruit.</translation>
    </message>
    <message>
        <source>What arrives at this block, in the plane: near each other is what the network sees alike. PCA keeps distances as well as a plane can; t-SNE keeps neighbours, and its gaps and sizes mean nothing.</source>
        <translation>Ce qui arrive à ce bloc, dans le plan&#xa0;: proche veut dire vu semblable par le réseau. L’ACP garde les distances aussi bien qu’un plan le peut&#xa0;; t-SNE garde les voisins, ses écarts et ses tailles ne veulent rien dire.</translation>
    </message>
    <message>
        <source>Forget gate</source>
        <translation>Porte d’oubli</translation>
    </message>
    <message>
        <source>1 keeps</source>
        <translation>1 garde</translation>
    </message>
    <message>
        <source>Forget gate, mean</source>
        <translation>Porte d’oubli, moyenne</translation>
    </message>
    <message>
        <source>Input gate</source>
        <translation>Porte d’entrée</translation>
    </message>
    <message>
        <source>1 writes</source>
        <translation>1 écrit</translation>
    </message>
    <message>
        <source>Input gate, mean</source>
        <translation>Porte d’entrée, moyenne</translation>
    </message>
    <message>
        <source>Output gate</source>
        <translation>Porte de sortie</translation>
    </message>
    <message>
        <source>1 shows</source>
        <translation>1 montre</translation>
    </message>
    <message>
        <source>Output gate, mean</source>
        <translation>Porte de sortie, moyenne</translation>
    </message>
    <message>
        <source>Reset gate</source>
        <translation>Remise à zéro</translation>
    </message>
    <message>
        <source>0 starts anew</source>
        <translation>0 repart</translation>
    </message>
    <message>
        <source>Reset gate, mean</source>
        <translation>Remise à zéro, moyenne</translation>
    </message>
    <message>
        <source>Update gate</source>
        <translation>Mise à jour</translation>
    </message>
    <message>
        <source>Update gate, mean</source>
        <translation>Mise à jour, moyenne</translation>
    </message>
    <message>
        <source>New state</source>
        <translation>Nouvel état</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>proposé</translation>
    </message>
    <message>
        <source>Largest |new|</source>
        <translation>|nouveau| maximal</translation>
    </message>
    <message>
        <source>Cell state</source>
        <translation>Cellule</translation>
    </message>
    <message>
        <source>Largest |cell|</source>
        <translation>|cellule| maximale</translation>
    </message>
    <message>
        <source>Hidden state</source>
        <translation>État caché</translation>
    </message>
    <message>
        <source>Largest |state|</source>
        <translation>|état| maximal</translation>
    </message>
    <message>
        <source>−%1 to %1</source>
        <translation>−%1 à %1</translation>
    </message>
    <message>
        <source>On which parts of the input the answer hangs. &lt;b&gt;Gradient&lt;/b&gt;: where a small change changes it most. &lt;b&gt;Integrated gradients&lt;/b&gt;: how much each part adds on the way from an empty input. &lt;b&gt;Grad-CAM&lt;/b&gt;: where this block sees what speaks for the answer.</source>
        <translation>De quelles parties de l’entrée dépend la réponse. &lt;b&gt;Gradient&lt;/b&gt;&#xa0;: là où un petit changement la change le plus. &lt;b&gt;Gradients intégrés&lt;/b&gt;&#xa0;: ce que chaque partie ajoute en partant d’une entrée vide. &lt;b&gt;Grad-CAM&lt;/b&gt;&#xa0;: là où ce bloc voit ce qui parle pour la réponse.</translation>
    </message>
    <message>
        <source>How much the answer would change if the input &lt;b&gt;k steps back&lt;/b&gt; changed a little: the mean norm of the gradient, its maximum 1. A network that forgets has its hill at the left; one that keeps has one where the task needs it. Dashed: how much it does change when that step is swapped for another.</source>
        <translation>De combien la réponse changerait si l’entrée &lt;b&gt;k pas plus tôt&lt;/b&gt; changeait un peu&#xa0;: la norme moyenne du gradient, de maximum 1. Un réseau qui oublie a sa bosse à gauche&#xa0;; un réseau qui retient en a une là où la tâche le demande. En tirets&#xa0;: combien elle change quand ce pas est échangé contre un autre.</translation>
    </message>
    <message>
        <source>through all layers, is made of</source>
        <translation>à travers toutes les couches, est fait de</translation>
    </message>
    <message>
        <source>Rollout (Abnar and Zuidema 2020): what is left of each word behind the last layer. The heads of a layer are averaged, and half of what it puts out counts as its own input.</source>
        <translation>Rollout (Abnar et Zuidema 2020)&#xa0;: ce qui reste de chaque mot après la dernière couche. Les têtes d’une couche sont moyennées, et la moitié de ce qu’elle sort compte comme sa propre entrée.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::InsideModel</name>
    <message>
        <source>The data are being prepared. In a moment there is something to see.</source>
        <translation>Les données se préparent. Dans un instant, il y aura de quoi voir.</translation>
    </message>
    <message>
        <source>The network has not learned anything yet. Press Play: this place follows the training while it goes on.</source>
        <translation>Le réseau n’a encore rien appris. Appuyez sur Lancer&#xa0;: ce lieu suit l’apprentissage en direct.</translation>
    </message>
    <message>
        <source>The network was trained on other data. Press Play to train it on these.</source>
        <translation>Le réseau a appris sur d’autres données. Appuyez sur Lancer pour qu’il apprenne celles-ci.</translation>
    </message>
    <message>
        <source>This network has no block to look into. Put a convolution, an LSTM or an attention block in it, then press Play.</source>
        <translation>Ce réseau n’a pas de bloc où regarder. Ajoutez une convolution, un LSTM ou un bloc d’attention, puis appuyez sur Lancer.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::InsidePlace</name>
    <message>
        <source>Look at</source>
        <translation>Regarder</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Exemple</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>validation</translation>
    </message>
    <message>
        <source>Type a sentence…</source>
        <translation>Tapez une phrase…</translation>
    </message>
    <message>
        <source>A sentence of your own</source>
        <translation>Une phrase à vous</translation>
    </message>
    <message>
        <source>Drag a letter of the input row, or click it, to change it: the answer follows.</source>
        <translation>Tirez ou cliquez une lettre de la ligne d’entrée pour la changer&#xa0;: la réponse suit.</translation>
    </message>
    <message>
        <source>How to look</source>
        <translation>Manière de regarder</translation>
    </message>
    <message>
        <source>Looking inside…</source>
        <translation>Regard à l’intérieur…</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>Phrase</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>modifié</translation>
    </message>
    <message>
        <source>Answer at step %1</source>
        <translation>Réponse au pas %1</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Move over the maps, or use the arrow keys: the figures of each step stand at the right.</source>
        <translation>Passez sur les cartes, ou prenez les flèches&#xa0;: les chiffres de chaque pas sont à droite.</translation>
    </message>
    <message>
        <source>How much the answer changes with the input k steps back, over many samples.</source>
        <translation>De combien la réponse change avec l’entrée k pas plus tôt, sur beaucoup d’exemples.</translation>
    </message>
    <message>
        <source>Hover a word to see its lines alone. Click a word below, or a row of the map, to choose who looks.</source>
        <translation>Survolez un mot pour ne voir que ses lignes. Cliquez un mot du bas, ou une ligne de la carte, pour choisir qui regarde.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Inspector</name>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Select a block to see and change it. Drag blocks in from the left, or press space on the canvas and type a name.</source>
        <translation>Sélectionnez un bloc pour le voir et le modifier. Glissez des blocs depuis la gauche, ou appuyez sur espace sur le plan et tapez un nom.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Shapes and size</source>
        <translation>Formes et taille</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>Formule</translation>
    </message>
    <message>
        <source>Nothing to set: this block has no parameters.</source>
        <translation>Rien à régler&#xa0;: ce bloc n&apos;a pas de paramètres.</translation>
    </message>
    <message>
        <source>in</source>
        <translation>entrée</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>attendu</translation>
    </message>
    <message>
        <source>out</source>
        <translation>sortie</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>Mult.-additions</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>Voir l’intérieur</translation>
    </message>
    <message>
        <source>See and edit what is inside (Enter)</source>
        <translation>Voir et modifier l’intérieur (Entrée)</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>Déplier</translation>
    </message>
    <message>
        <source>Put its blocks in its place (Ctrl+Shift+G)</source>
        <translation>Mettre ses blocs à sa place (Ctrl+Maj+G)</translation>
    </message>
    <message>
        <source>Open up into its blocks</source>
        <translation>Décomposer en blocs</translation>
    </message>
    <message>
        <source>The same computation as a group of smaller blocks, to see and edit</source>
        <translation>Le même calcul en un groupe de blocs plus petits, à voir et à modifier</translation>
    </message>
    <message>
        <source>One block that can be named, repeated and looked into (Ctrl+G)</source>
        <translation>Un seul bloc, que l’on peut nommer, répéter et ouvrir (Ctrl+G)</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Poids</translation>
    </message>
    <message>
        <source>Its own, or those of another block: kept once, trained once</source>
        <translation>Les siens, ou ceux d’un autre bloc&#xa0;: gardés et entraînés une seule fois</translation>
    </message>
    <message>
        <source>its own</source>
        <translation>les siens</translation>
    </message>
    <message numerus="yes">
        <source>Fold %n block(s) into a group</source>
        <translation>
            <numerusform>Replier %n bloc dans un groupe</numerusform>
            <numerusform>Replier %n blocs dans un groupe</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::LiveControls</name>
    <message>
        <source>One step of the attack</source>
        <translation>Un pas de l&apos;attaque</translation>
    </message>
    <message>
        <source>Stop the attack</source>
        <translation>Arrêter l&apos;attaque</translation>
    </message>
    <message>
        <source>Pause the attack</source>
        <translation>Mettre l&apos;attaque en pause</translation>
    </message>
    <message>
        <source>Go on with the attack</source>
        <translation>Reprendre l&apos;attaque</translation>
    </message>
    <message>
        <source>Watch the attack, one step after the other</source>
        <translation>Regarder l&apos;attaque, étape après étape</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>pas %1 sur %2</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>pas %1</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::LiveStrip</name>
    <message>
        <source>training</source>
        <translation>apprentissage</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>validation</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>écart</translation>
    </message>
    <message>
        <source>validation accuracy</source>
        <translation>exactitude de validation</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perte</translation>
    </message>
    <message>
        <source>Nothing to train yet: %1</source>
        <translation>Rien à entraîner pour l&apos;instant&#xa0;: %1</translation>
    </message>
    <message>
        <source>The last run (validation %1) is kept in Train.</source>
        <translation>Le dernier essai (validation %1) est gardé dans Entraîner.</translation>
    </message>
    <message>
        <source>The first epoch is under way. The curves begin when it ends.</source>
        <translation>La première époque est en cours. Les courbes commencent à sa fin.</translation>
    </message>
    <message>
        <source>Press &lt;b&gt;Play&lt;/b&gt;: the network learns, and its training and validation loss appear here.</source>
        <translation>Appuyez sur &lt;b&gt;Lancer&lt;/b&gt;&#xa0;: le réseau apprend, et ses pertes d&apos;apprentissage et de validation s&apos;affichent ici.</translation>
    </message>
    <message>
        <source>validation %1</source>
        <translation>%1 de validation</translation>
    </message>
    <message>
        <source>repeating the last value</source>
        <translation>dernière valeur répétée</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Look</name>
    <message>
        <source>Gates</source>
        <translation>Portes</translation>
    </message>
    <message>
        <source>Hidden states</source>
        <translation>États cachés</translation>
    </message>
    <message>
        <source>Memory depth</source>
        <translation>Profondeur de mémoire</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Les deux</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>Activations</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filtres</translation>
    </message>
    <message>
        <source>What mattered</source>
        <translation>Ce qui a compté</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Disposition</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::LossPlot</name>
    <message>
        <source>What the attack makes large, step by step. This attack takes no steps that could be watched.</source>
        <translation>Ce que l&apos;attaque fait croître, étape par étape. Cette attaque n&apos;a pas d&apos;étapes qu&apos;on puisse regarder.</translation>
    </message>
    <message>
        <source>flips at step %1</source>
        <translation>bascule au pas %1</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::MainWindow</name>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Ouvrir un récent</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Enregistrer sous…</translation>
    </message>
    <message>
        <source>Choose data…</source>
        <translation>Choisir les données…</translation>
    </message>
    <message>
        <source>Nothing opened yet</source>
        <translation>Rien d&apos;ouvert encore</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>Blocs</translation>
    </message>
    <message>
        <source>Add a block…</source>
        <translation>Ajouter un bloc…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Couper</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Coller</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Tout sélectionner</translation>
    </message>
    <message>
        <source>Tidy</source>
        <translation>Ranger</translation>
    </message>
    <message>
        <source>Search blocks</source>
        <translation>Chercher un bloc</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Essai</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lancer</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>One batch</source>
        <translation>Un lot</translation>
    </message>
    <message>
        <source>One epoch</source>
        <translation>Une époque</translation>
    </message>
    <message>
        <source>Stop and keep the best weights</source>
        <translation>Arrêter et garder les meilleurs poids</translation>
    </message>
    <message>
        <source>Back to the initial weights</source>
        <translation>Revenir aux poids initiaux</translation>
    </message>
    <message>
        <source>Fool</source>
        <translation>Tromper</translation>
    </message>
    <message>
        <source>Open a picture…</source>
        <translation>Ouvrir une image…</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>Coller une image</translation>
    </message>
    <message>
        <source>Save the attacked picture…</source>
        <translation>Enregistrer l&apos;image attaquée…</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Affichage</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>Construire</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Entraîner</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Zoom avant</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Zoom arrière</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>Taille réelle</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajuster</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>Disposition initiale</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>Thème du système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Menu: files, edit, run, view (F10)</source>
        <translation>Menu&#xa0;: fichiers, édition, essai, affichage (F10)</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>There are changes that are not saved</source>
        <translation>Des modifications ne sont pas enregistrées</translation>
    </message>
    <message>
        <source>Where the network is trained</source>
        <translation>Où le réseau est entraîné</translation>
    </message>
    <message>
        <source>The run has ended. The weights of epoch %1 are restored.</source>
        <translation>L&apos;essai est terminé. Les poids de l&apos;époque %1 sont rétablis.</translation>
    </message>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n bloc</numerusform>
            <numerusform>%n blocs</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 paramètres</translation>
    </message>
    <message>
        <source>%1 multiply-adds</source>
        <translation>%1 mult.-additions</translation>
    </message>
    <message>
        <source>%1 MB at batch %2</source>
        <translation>%1&#xa0;Mo par lot de %2</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Ouvrir un projet</translation>
    </message>
    <message>
        <source>Ostrich projects (*.ostrich)</source>
        <translation>Projets Ostrich (*.ostrich)</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>Enregistré&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>Enregistrer le projet</translation>
    </message>
    <message>
        <source>Ostrich ended unexpectedly. Your last changes were kept.</source>
        <translation>Ostrich s&apos;est arrêté de façon inattendue. Vos dernières modifications ont été gardées.</translation>
    </message>
    <message>
        <source>Recover them</source>
        <translation>Les récupérer</translation>
    </message>
    <message>
        <source>Discard them</source>
        <translation>Les abandonner</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s): %1</source>
        <translation>
            <numerusform>%n problème&#xa0;: %1</numerusform>
            <numerusform>%n problèmes&#xa0;: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Drag ε: the picture, the bars and the marked point on the curve follow.</source>
        <translation>Déplacez ε&#xa0;: l&apos;image, les barres et le point marqué sur la courbe suivent.</translation>
    </message>
    <message numerus="yes">
        <source>Validation loss had not improved for %n epoch(s). The weights of epoch %1 are restored.</source>
        <translation>
            <numerusform>La perte de validation n&apos;avait pas baissé depuis %n époque. Les poids de l&apos;époque %1 sont rétablis.</numerusform>
            <numerusform>La perte de validation n&apos;avait pas baissé depuis %n époques. Les poids de l&apos;époque %1 sont rétablis.</numerusform>
        </translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Panneaux</translation>
    </message>
    <message>
        <source>This place has one layout only</source>
        <translation>Ce lieu n&apos;a qu&apos;une disposition</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Affiché</translation>
    </message>
    <message>
        <source>In a window of its own</source>
        <translation>Dans sa propre fenêtre</translation>
    </message>
    <message>
        <source>Stopped within the first epoch.</source>
        <translation>Arrêté pendant la première époque.</translation>
    </message>
    <message>
        <source>Unsaved work</source>
        <translation>Travail non enregistré</translation>
    </message>
    <message>
        <source>“%1” has work that is not saved.</source>
        <translation>« %1 » contient du travail non enregistré.</translation>
    </message>
    <message>
        <source>These data are words.</source>
        <translation>Ces données sont des mots.</translation>
    </message>
    <message>
        <source>These data are sequences of numbers.</source>
        <translation>Ces données sont des suites de nombres.</translation>
    </message>
    <message>
        <source>These data are pictures.</source>
        <translation>Ces données sont des images.</translation>
    </message>
    <message>
        <source>These data are rows of numbers.</source>
        <translation>Ces données sont des lignes de nombres.</translation>
    </message>
    <message>
        <source>The network fits them with one change: %1.</source>
        <translation>Un changement suffit pour que le réseau leur convienne : %1.</translation>
    </message>
    <message numerus="yes">
        <source>The network fits them with %n change(s).</source>
        <translation>
            <numerusform>Avec %n changement, le réseau leur convient.</numerusform>
            <numerusform>Avec %n changements, le réseau leur convient.</numerusform>
        </translation>
    </message>
    <message>
        <source>Fit the network</source>
        <translation>Adapter le réseau</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Observer</translation>
    </message>
    <message>
        <source>Fold into a group</source>
        <translation>Replier dans un groupe</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>Déplier</translation>
    </message>
    <message>
        <source>Look inside the group</source>
        <translation>Voir l’intérieur du groupe</translation>
    </message>
    <message>
        <source>Go out of the group</source>
        <translation>Sortir du groupe</translation>
    </message>
    <message>
        <source>Rename the group</source>
        <translation>Renommer le groupe</translation>
    </message>
    <message>
        <source>Open up into its blocks</source>
        <translation>Décomposer en blocs</translation>
    </message>
    <message>
        <source>Use the weights of</source>
        <translation>Utiliser les poids de</translation>
    </message>
    <message>
        <source>Compare runs</source>
        <translation>Comparer des essais</translation>
    </message>
    <message>
        <source>The weights come from a file: they were trained elsewhere.</source>
        <translation>Les poids viennent d&apos;un fichier : ils ont été entraînés ailleurs.</translation>
    </message>
    <message>
        <source>Shoot a picture…</source>
        <translation>Prendre une photo…</translation>
    </message>
    <message>
        <source>Save a report…</source>
        <translation>Enregistrer un rapport…</translation>
    </message>
    <message>
        <source>Study: %1</source>
        <translation>Étude : %1</translation>
    </message>
    <message>
        <source>Choose a study, tick its networks and run it: what it has found so far is shown as it goes on.</source>
        <translation>Choisissez une étude, cochez ses réseaux et lancez-la : ce qu&apos;elle a déjà trouvé s&apos;affiche à mesure.</translation>
    </message>
    <message>
        <source>Exchanging words</source>
        <translation>Échange de mots</translation>
    </message>
    <message>
        <source>Type a sentence or choose one; Enter looks for the fewest words that change the answer.</source>
        <translation>Tapez une phrase ou choisissez-en une&#xa0;; Entrée cherche le plus petit nombre de mots à échanger.</translation>
    </message>
    <message>
        <source>Drag ε: the chart and the bars follow.</source>
        <translation>Déplacez ε&#xa0;: le graphique et les barres suivent.</translation>
    </message>
    <message>
        <source>Attacking the series</source>
        <translation>Attaque de la série</translation>
    </message>
    <message>
        <source>Attacking the picture</source>
        <translation>Attaque de l'image</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::MapsPage</name>
    <message>
        <source>Activations</source>
        <translation>Activations</translation>
    </message>
    <message numerus="yes">
        <source>%n map(s) of %1×%2 for this sample.</source>
        <translation>
            <numerusform>%n carte de %1×%2 pour cet exemple.</numerusform>
            <numerusform>%n cartes de %1×%2 pour cet exemple.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) at each step.</source>
        <translation>
            <numerusform>%n valeur à chaque pas.</numerusform>
            <numerusform>%n valeurs à chaque pas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) for this sample.</source>
        <translation>
            <numerusform>%n valeur pour cet exemple.</numerusform>
            <numerusform>%n valeurs pour cet exemple.</numerusform>
        </translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filtres</translation>
    </message>
    <message numerus="yes">
        <source>%n filter(s): channels downwards, time to the right.</source>
        <translation>
            <numerusform>%n filtre&#xa0;: les canaux vers le bas, le temps vers la droite.</numerusform>
            <numerusform>%n filtres&#xa0;: les canaux vers le bas, le temps vers la droite.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n filter(s) of %1×%2.</source>
        <translation>
            <numerusform>%n filtre de %1×%2.</numerusform>
            <numerusform>%n filtres de %1×%2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n filter(s) of %1×%2, each the mean over its %3 channels.</source>
        <translation>
            <numerusform>%n filtre de %1×%2, moyenne sur ses %3 canaux.</numerusform>
            <numerusform>%n filtres de %1×%2, chacun la moyenne sur ses %3 canaux.</numerusform>
        </translation>
    </message>
    <message>
        <source>What mattered</source>
        <translation>Ce qui a compté</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>how much</source>
        <translation>combien</translation>
    </message>
    <message>
        <source>Integrated</source>
        <translation>Intégré</translation>
    </message>
    <message>
        <source>for or against</source>
        <translation>pour ou contre</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>gradient</translation>
    </message>
    <message>
        <source>integrated gradients</source>
        <translation>gradients intégrés</translation>
    </message>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>l’image</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::MemoryCurve</name>
    <message>
        <source>Memory depth</source>
        <translation>Profondeur de mémoire</translation>
    </message>
    <message>
        <source>Change of
the answer</source>
        <translation>Changement
de la réponse</translation>
    </message>
    <message>
        <source>steps back</source>
        <translation>pas en arrière</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>époque %1</translation>
    </message>
    <message>
        <source>half is left: %1</source>
        <translation>il en reste la moitié&#xa0;: %1</translation>
    </message>
    <message>
        <source>step swapped</source>
        <translation>pas échangé</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) back</source>
        <translation>
            <numerusform>%n pas en arrière</numerusform>
            <numerusform>%n pas en arrière</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::MessageBar</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::MethodBox</name>
    <message>
        <source>White box: sees the gradient</source>
        <translation>Boîte blanche : voit le gradient</translation>
    </message>
    <message>
        <source>Black box: only asks</source>
        <translation>Boîte noire : ne fait que demander</translation>
    </message>
    <message>
        <source>Train a second network on these data first: the attack is made on it, and tried on this one.</source>
        <translation>Entraînez d&apos;abord un second réseau sur ces données : l&apos;attaque est faite sur lui, puis essayée sur celui-ci.</translation>
    </message>
    <message>
        <source>Not for series.</source>
        <translation>Pas pour les séries.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::MorePopup</name>
    <message>
        <source>Random starts</source>
        <translation>Départs au hasard</translation>
    </message>
    <message>
        <source>From how many random starts the attack is made; the best one counts</source>
        <translation>De combien de départs au hasard part l&apos;attaque ; le meilleur compte</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>Faite sur</translation>
    </message>
    <message>
        <source>The network whose gradient the attack follows. What fools it is then tried on the one that is attacked, which the attack never sees.</source>
        <translation>Le réseau dont l&apos;attaque suit le gradient. Ce qui le trompe est ensuite essayé sur celui qui est attaqué, que l&apos;attaque ne voit jamais.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::NetworkChoice</name>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>aucun encore</translation>
    </message>
    <message>
        <source>Which network is fooled: one of the runs of these data, or a file</source>
        <translation>Quel réseau est trompé&#xa0;: un des essais sur ces données, ou un fichier</translation>
    </message>
    <message>
        <source>TorchScript file…</source>
        <translation>Fichier TorchScript…</translation>
    </message>
    <message>
        <source>opening…</source>
        <translation>ouverture…</translation>
    </message>
    <message>
        <source>A network is learning: pause it first.</source>
        <translation>Un réseau apprend&#xa0;: mettez-le d&apos;abord en pause.</translation>
    </message>
    <message>
        <source>Open a TorchScript file</source>
        <translation>Ouvrir un fichier TorchScript</translation>
    </message>
    <message>
        <source>TorchScript files (*.pt *.pth *.ts);;All files (*)</source>
        <translation>Fichiers TorchScript (*.pt *.pth *.ts);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>%1 answers in other classes, or in another order of them, than these pictures have: what is right and what is wrong could not be told.</source>
        <translation>%1 répond avec d&apos;autres classes que celles de ces images, ou dans un autre ordre&#xa0;: on ne pourrait pas dire ce qui est juste et ce qui est faux.</translation>
    </message>
    <message>
        <source>choose one</source>
        <translation>à choisir</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::NextTokenBars</name>
    <message>
        <source>What comes next</source>
        <translation>Ce qui vient ensuite</translation>
    </message>
    <message>
        <source>Click one to write it</source>
        <translation>Cliquez pour l’écrire</translation>
    </message>
    <message numerus="yes">
        <source>%n other(s)</source>
        <translation>
            <numerusform>%n autre</numerusform>
            <numerusform>%n autres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::NormChoice</name>
    <message>
        <source>L∞ bounds the change of each value, L2 the length of all changes together, L1 their sum, L0 how many change (of pictures: how many pixels)</source>
        <translation>L∞ borne le changement de chaque valeur, L2 la longueur de tous les changements ensemble, L1 leur somme, L0 leur nombre (pour les images : le nombre de pixels)</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::OtherRuns</name>
    <message>
        <source>%1, run %2</source>
        <translation>%1, essai %2</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Palette</name>
    <message>
        <source>Search blocks</source>
        <translation>Chercher un bloc</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::PictureChoice</name>
    <message>
        <source>Another test picture</source>
        <translation>Une autre image de test</translation>
    </message>
    <message>
        <source>Open a picture…</source>
        <translation>Ouvrir une image…</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>Coller une image</translation>
    </message>
    <message>
        <source>Another picture: from the test set, a file, the clipboard or the camera</source>
        <translation>Une autre image : du jeu de test, d&apos;un fichier, du presse-papiers ou de la caméra</translation>
    </message>
    <message>
        <source>Shoot with the camera…</source>
        <translation>Photographier avec la caméra…</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::PictureRow</name>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::PictureSentence</name>
    <message>
        <source>The network was wrong already: without any noise it says %1.</source>
        <translation>Le réseau se trompait déjà&#xa0;: sans aucun bruit il dit %1.</translation>
    </message>
    <message>
        <source>It is one already: without any noise the network says %1. Choose another target, or another picture.</source>
        <translation>C&apos;en est déjà une image&#xa0;: sans aucun bruit le réseau dit %1. Choisissez une autre cible, ou une autre image.</translation>
    </message>
    <message>
        <source>It is one already, though the network says %1: this noise could only put it right. Choose another target, or another picture.</source>
        <translation>C&apos;en est déjà une image, bien que le réseau dise %1&#xa0;: ce bruit ne pourrait que le corriger. Choisissez une autre cible, ou une autre image.</translation>
    </message>
    <message>
        <source>The network was wrong already: without any noise it says %1, and the picture shows %2.</source>
        <translation>Le réseau se trompait déjà&#xa0;: sans aucun bruit il dit %1, et l&apos;image montre %2.</translation>
    </message>
    <message>
        <source>the network, wrong already, went from %1 to %2.</source>
        <translation>le réseau, qui se trompait déjà, est passé de %1 à %2.</translation>
    </message>
    <message>
        <source>the network, wrong already, still says %1.</source>
        <translation>le réseau, qui se trompait déjà, dit toujours %1.</translation>
    </message>
    <message>
        <source>the network went from %1 to %2.</source>
        <translation>le réseau est passé de %1 à %2.</translation>
    </message>
    <message>
        <source>the network still says %1.</source>
        <translation>le réseau dit toujours %1.</translation>
    </message>
    <message>
        <source>Changed like this, the picture is read anew: %1</source>
        <translation>Ainsi changée, l&apos;image est relue&#xa0;: %1</translation>
    </message>
    <message>
        <source>Only %1 of %2 pixels changed, and %3</source>
        <translation>Seuls %1 pixels sur %2 ont changé, et %3</translation>
    </message>
    <message>
        <source>No pixel moved by more than &lt;b&gt;%1 of 255&lt;/b&gt; levels, and %2</source>
        <translation>Aucun pixel n&apos;a bougé de plus de &lt;b&gt;%1 niveaux sur 255&lt;/b&gt;, et %2</translation>
    </message>
    <message>
        <source>The noise was made on %1.</source>
        <translation>Le bruit a été fait sur %1.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::PictureView</name>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>flips at %1</source>
        <translation>bascule à %1</translation>
    </message>
    <message>
        <source>This attack is held by its own limits: see “More…”.</source>
        <translation>Cette attaque a ses propres limites : voir « Plus… ».</translation>
    </message>
    <message>
        <source>Drop a photograph here, or choose a picture with the “+” button.</source>
        <translation>Déposez une photo ici, ou choisissez une image avec le bouton « + ».</translation>
    </message>
    <message>
        <source>Open a network for pictures</source>
        <translation>Ouvrir un réseau pour images</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>l&apos;image</translation>
    </message>
    <message>
        <source>noise ×%1</source>
        <translation>bruit ×%1</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>bruit</translation>
    </message>
    <message>
        <source>made visible</source>
        <translation>rendu visible</translation>
    </message>
    <message>
        <source>the sum</source>
        <translation>la somme</translation>
    </message>
    <message>
        <source>Random noise of the same size leaves it at %1.</source>
        <translation>Un bruit aléatoire de même taille le laisse à %1.</translation>
    </message>
    <message>
        <source>Random noise of the same size makes it %1.</source>
        <translation>Un bruit aléatoire de même taille en fait %1.</translation>
    </message>
    <message>
        <source>pixels changed</source>
        <translation>pixels changés</translation>
    </message>
    <message>
        <source>largest change</source>
        <translation>plus grand écart</translation>
    </message>
    <message>
        <source>%1 levels</source>
        <translation>%1 niveaux</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>Ouverture de %1…</translation>
    </message>
    <message>
        <source>ε: by how much any value of any pixel may change at most. From black to white are 255 levels.</source>
        <translation>ε&#xa0;: de combien chaque valeur de chaque pixel peut changer au plus. Du noir au blanc il y a 255 niveaux.</translation>
    </message>
    <message>
        <source>ε: how long all changes may be together: the root of the sum of their squares, each between 0 and 1.</source>
        <translation>ε&#xa0;: quelle longueur tous les changements peuvent avoir ensemble&#xa0;: la racine de la somme de leurs carrés, chacun entre 0 et 1.</translation>
    </message>
    <message>
        <source>ε: how large the sum of all changes may be, each between 0 and 1.</source>
        <translation>ε&#xa0;: combien la somme de tous les changements peut valoir, chacun entre 0 et 1.</translation>
    </message>
    <message>
        <source>ε: how many pixels may change, each as much as it likes.</source>
        <translation>ε&#xa0;: combien de pixels peuvent changer, chacun autant qu&apos;il veut.</translation>
    </message>
    <message>
        <source>Map of this picture</source>
        <translation>Carte de cette image</translation>
    </message>
    <message>
        <source>Draws in Studies what the network says all around this picture, and the way that the attack takes</source>
        <translation>Trace dans Études ce que le réseau dit tout autour de cette image, et le chemin que prend l&apos;attaque</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::PlayButton</name>
    <message>
        <source>Play: the network learns (F5)</source>
        <translation>Lancer&#xa0;: le réseau apprend (F5)</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lancer</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::ProbabilityBars</name>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>%n autre</numerusform>
            <numerusform>%n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>probability</source>
        <translation>probabilité</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::ProjectModel</name>
    <message>
        <source>Autosave failed. Save your project elsewhere (Ctrl+Shift+S).</source>
        <translation>L&apos;enregistrement automatique a échoué. Enregistrez votre projet ailleurs (Ctrl+Shift+S).</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>Modifier «&#x202f;%1&#x202f;»</translation>
    </message>
    <message>
        <source>Change data</source>
        <translation>Changer les données</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Sans titre</translation>
    </message>
    <message>
        <source>Fit the network to the data</source>
        <translation>Adapter le réseau aux données</translation>
    </message>
    <message>
        <source>Group %1</source>
        <translation>Groupe %1</translation>
    </message>
    <message>
        <source>A way leads out of these blocks and back in: select what lies between too.</source>
        <translation>Un chemin sort de ces blocs et y revient&#xa0;: sélectionnez aussi ce qui est entre eux.</translation>
    </message>
    <message>
        <source>Select blocks to fold first: inputs and outputs stay where they are.</source>
        <translation>Sélectionnez d’abord des blocs à replier&#xa0;: les entrées et les sorties restent où elles sont.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::QuickAdd</name>
    <message>
        <source>Name of a block</source>
        <translation>Nom d&apos;un bloc</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::ReadingPanel</name>
    <message>
        <source>Lay the gradient beside it</source>
        <translation>Mettre le gradient à côté</translation>
    </message>
    <message>
        <source>Which words the answer really hangs on</source>
        <translation>De quels mots la réponse dépend vraiment</translation>
    </message>
    <message>
        <source>Following the training, epoch %1</source>
        <translation>Suit l’apprentissage, époque %1</translation>
    </message>
    <message>
        <source>Weights of epoch %1</source>
        <translation>Poids de l’époque %1</translation>
    </message>
    <message>
        <source>What to look for</source>
        <translation>Que regarder</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Écriture</translation>
    </message>
    <message>
        <source>What the network reads, or how it writes</source>
        <translation>Ce que lit le réseau, ou comment il écrit</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::RecipePanel</name>
    <message>
        <source>Recipe</source>
        <translation>Recette</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Plus de réglages</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>Moins de réglages</translation>
    </message>
    <message>
        <source>The learning rate changes at once; any other change starts a new run.</source>
        <translation>Le taux d&apos;apprentissage change aussitôt&#x202f;; tout autre changement lance un nouvel essai.</translation>
    </message>
    <message>
        <source>A change starts a new run; the old one stays.</source>
        <translation>Un changement lance un nouvel essai&#x202f;; l&apos;ancien reste.</translation>
    </message>
    <message>
        <source>Against attacks</source>
        <translation>Contre les attaques</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::RecurrentPage</name>
    <message>
        <source>as they are</source>
        <translation>telles quelles</translation>
    </message>
    <message>
        <source>Order of the units</source>
        <translation>Ordre des unités</translation>
    </message>
    <message>
        <source>Memory depth</source>
        <translation>Profondeur de mémoire</translation>
    </message>
    <message>
        <source>sorted by what they keep</source>
        <translation>triées par ce qu’elles gardent</translation>
    </message>
    <message>
        <source>%1, half at %2</source>
        <translation>%1, moitié à %2</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Comparer avec…</translation>
    </message>
    <message>
        <source>Compare the memory with that of other runs</source>
        <translation>Comparer la mémoire à celle d’autres essais</translation>
    </message>
    <message>
        <source>Train another recurrent network on the same data: then its memory can be laid beside this one.</source>
        <translation>Entraînez un autre réseau récurrent sur les mêmes données&#xa0;: sa mémoire pourra être mise à côté de celle-ci.</translation>
    </message>
    <message>
        <source>Draw the memory of other runs on the same data</source>
        <translation>Tracer la mémoire d’autres essais sur les mêmes données</translation>
    </message>
    <message>
        <source>Half at k: the farthest step back whose influence is at least half of the largest.</source>
        <translation>Moitié à k&#xa0;: le pas le plus lointain dont l’influence vaut au moins la moitié de la plus grande.</translation>
    </message>
    <message>
        <source>How much the answer would change if the input k steps back changed a little: the mean norm of the gradient, its maximum 1.</source>
        <translation>De combien la réponse changerait si l’entrée k pas plus tôt changeait un peu&#xa0;: la norme moyenne du gradient, de maximum 1.</translation>
    </message>
    <message>
        <source>How much the answer does change when the word k steps back is another: the mean over a few other words, its maximum 1.</source>
        <translation>De combien la réponse change quand le mot k pas plus tôt en est un autre&#xa0;: la moyenne sur quelques autres mots, de maximum 1.</translation>
    </message>
    <message>
        <source>How much the answer does change when the input k steps back is the mean of the training data instead, its maximum 1.</source>
        <translation>De combien la réponse change quand l’entrée k pas plus tôt est remplacée par la moyenne des données d’apprentissage, de maximum 1.</translation>
    </message>
    <message>
        <source>%1, being measured…</source>
        <translation>%1, mesure en cours…</translation>
    </message>
    <message>
        <source>%1, cannot be measured</source>
        <translation>%1, ne peut être mesuré</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Report</name>
    <message>
        <source>One picture</source>
        <translation>Une image</translation>
    </message>
    <message>
        <source>%1 leaves the network at %2.</source>
        <translation>%1 laisse le réseau à %2.</translation>
    </message>
    <message>
        <source>%1 takes the network from %2 to %3.</source>
        <translation>%1 fait passer le réseau de %2 à %3.</translation>
    </message>
    <message>
        <source>Random noise of the same size makes it %1.</source>
        <translation>Un bruit aléatoire de même taille en fait %1.</translation>
    </message>
    <message>
        <source>the noise, made visible</source>
        <translation>le bruit, rendu visible</translation>
    </message>
    <message>
        <source>Accuracy against ε</source>
        <translation>Exactitude selon ε</translation>
    </message>
    <message>
        <source>random noise of the same size</source>
        <translation>bruit aléatoire de même taille</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>exactitude</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Essai</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>Attack</source>
        <translation>Attaque</translation>
    </message>
    <message>
        <source>Allowed change</source>
        <translation>Changement permis</translation>
    </message>
    <message>
        <source>Random starts</source>
        <translation>Départs au hasard</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine</translation>
    </message>
    <message>
        <source>Defence</source>
        <translation>Défense</translation>
    </message>
    <message>
        <source>, attacked with knowledge of it</source>
        <translation>, attaquée en connaissance de cause</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Article</translation>
    </message>
    <message>
        <source>How robust is %1?</source>
        <translation>%1 est-il robuste ?</translation>
    </message>
    <message>
        <source>%1 test pictures, bands of 95 %</source>
        <translation>%1 images de test, bandes à 95&#xa0;%</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>perte</translation>
    </message>
    <message>
        <source>Loss, step by step</source>
        <translation>Perte, pas à pas</translation>
    </message>
    <message>
        <source>step</source>
        <translation>pas</translation>
    </message>
    <message>
        <source>flips at step %1</source>
        <translation>bascule au pas %1</translation>
    </message>
    <message>
        <source>%1 leaves %2 of %3 test pictures right at ε = %4; untouched: %5.</source>
        <translation>%1 laisse justes %2 de %3 images de test à ε = %4&#xa0;; sans attaque&#xa0;: %5.</translation>
    </message>
    <message>
        <source>The bands are exact 95 % intervals (Clopper and Pearson 1934).</source>
        <translation>Les bandes sont des intervalles exacts à 95&#xa0;% (Clopper et Pearson 1934).</translation>
    </message>
    <message>
        <source>With %1 the answer flips at step %2 of %3.</source>
        <translation>Avec %1, la réponse bascule au pas %2 sur %3.</translation>
    </message>
    <message>
        <source>With %1 the answer flips at none of %2 steps.</source>
        <translation>Avec %1, la réponse ne bascule à aucun des %2 pas.</translation>
    </message>
    <message>
        <source>%1, ε up to %2</source>
        <translation>%1, ε jusqu&apos;à %2</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Cible</translation>
    </message>
    <message>
        <source>Exchanged words</source>
        <translation>Mots échangés</translation>
    </message>
    <message>
        <source>place</source>
        <translation>place</translation>
    </message>
    <message>
        <source>before</source>
        <translation>avant</translation>
    </message>
    <message>
        <source>after</source>
        <translation>après</translation>
    </message>
    <message>
        <source>The nearest sentence for each number of exchanges</source>
        <translation>La phrase la plus proche pour chaque nombre d&apos;échanges</translation>
    </message>
    <message>
        <source>exchanged</source>
        <translation>échangés</translation>
    </message>
    <message>
        <source>words</source>
        <translation>mots</translation>
    </message>
    <message>
        <source>the network says</source>
        <translation>le réseau dit</translation>
    </message>
    <message>
        <source>share of “%1”</source>
        <translation>part de «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>One sentence</source>
        <translation>Une phrase</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>Avant&#xa0;: %1</translation>
    </message>
    <message>
        <source>After: %1</source>
        <translation>Après&#xa0;: %1</translation>
    </message>
    <message>
        <source>ε = %1 values</source>
        <translation>ε = %1 valeurs</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>graine %1</translation>
    </message>
    <message>
        <source>The series, feature %1</source>
        <translation>La série, grandeur %1</translation>
    </message>
    <message>
        <source>The series</source>
        <translation>La série</translation>
    </message>
    <message>
        <source>value</source>
        <translation>valeur</translation>
    </message>
    <message>
        <source>the series</source>
        <translation>la série</translation>
    </message>
    <message>
        <source>attacked</source>
        <translation>attaquée</translation>
    </message>
    <message>
        <source>One series</source>
        <translation>Une série</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::RobustnessCurve</name>
    <message>
        <source>Attacking the test pictures…</source>
        <translation>Attaque des images de test…</translation>
    </message>
    <message>
        <source>How often is the network still right as ε grows? “Draw the curve” tells, with random noise of the same size beside it.</source>
        <translation>Le réseau a-t-il encore souvent raison quand ε grandit&#x202f;? «&#x202f;Tracer la courbe&#x202f;» vous le dit, à côté d&apos;un bruit aléatoire de même ampleur.</translation>
    </message>
    <message>
        <source>%1 test pictures, %2</source>
        <translation>%1 images de test, %2</translation>
    </message>
    <message>
        <source>attacked: %1</source>
        <translation>attaquées&#xa0;: %1</translation>
    </message>
    <message>
        <source>random noise of the same size</source>
        <translation>bruit aléatoire de même ampleur</translation>
    </message>
    <message>
        <source>clean</source>
        <translation>intactes</translation>
    </message>
    <message>
        <source>robust at %1</source>
        <translation>robuste à %1</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>bruit</translation>
    </message>
    <message>
        <source>It reads none of these %1 pictures, attacked or not</source>
        <translation>Il ne reconnaît aucune de ces %1 images, attaquées ou non</translation>
    </message>
    <message>
        <source>Accuracy against ε</source>
        <translation>Exactitude selon ε</translation>
    </message>
    <message>
        <source>The bands are exact 95 % intervals (Clopper and Pearson 1934)</source>
        <translation>Les bandes sont des intervalles exacts à 95&#xa0;% (Clopper et Pearson 1934)</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::RunList</name>
    <message>
        <source>Runs</source>
        <translation>Essais</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>validation</translation>
    </message>
    <message>
        <source>No run yet. Press Play.</source>
        <translation>Aucun essai encore. Appuyez sur Lancer.</translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s), best %1</source>
        <translation>
            <numerusform>%n époque, meilleure %1</numerusform>
            <numerusform>%n époques, meilleure %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s), not ended</source>
        <translation>
            <numerusform>%n époque, pas terminé</numerusform>
            <numerusform>%n époques, pas terminé</numerusform>
        </translation>
    </message>
    <message>
        <source>seed %1, best %2 of %3</source>
        <translation>graine %1, meilleure %2 sur %3</translation>
    </message>
    <message>
        <source>Curves of several runs over each other, and their figures side by side: tick two or more</source>
        <translation>Les courbes de plusieurs essais superposées, et leurs chiffres côte à côte&#xa0;: cochez-en au moins deux</translation>
    </message>
    <message>
        <source>Compare runs</source>
        <translation>Comparer des essais</translation>
    </message>
    <message>
        <source>trained elsewhere</source>
        <translation>entraîné ailleurs</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::RunModel</name>
    <message>
        <source>The data are being prepared.</source>
        <translation>Les données se préparent.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SampleList</name>
    <message>
        <source>Samples</source>
        <translation>Exemples</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SentenceChoice</name>
    <message>
        <source>Test sentences that the network reads rightly</source>
        <translation>Phrases de test que le réseau lit bien</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SentenceModel</name>
    <message>
        <source>Type a sentence, or choose one below.</source>
        <translation>Tapez une phrase, ou choisissez-en une ci-dessous.</translation>
    </message>
    <message>
        <source>The network knows none of these words: use those of the sentences below.</source>
        <translation>Le réseau ne connaît aucun de ces mots&#xa0;: prenez ceux des phrases ci-dessous.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SentencePanel</name>
    <message>
        <source>Exchange of words</source>
        <translation>Échange de mots</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Cible</translation>
    </message>
    <message>
        <source>What the sentence should be taken for</source>
        <translation>Ce pour quoi la phrase doit être prise</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SentenceRows</name>
    <message>
        <source>before</source>
        <translation>avant</translation>
    </message>
    <message>
        <source>after</source>
        <translation>après</translation>
    </message>
    <message>
        <source>The sentence before and after</source>
        <translation>La phrase avant et après</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SentenceSteps</name>
    <message>
        <source>Words exchanged</source>
        <translation>Mots échangés</translation>
    </message>
    <message>
        <source>bars: share of “%1”</source>
        <translation>barres&#xa0;: part de «&#xa0;%1&#xa0;»</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SentenceView</name>
    <message>
        <source>Fool it</source>
        <translation>Tromper</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Type a sentence…</source>
        <translation>Tapez une phrase…</translation>
    </message>
    <message>
        <source>The sentence to be fooled</source>
        <translation>La phrase à tromper</translation>
    </message>
    <message>
        <source>Looks for the fewest words whose exchange changes the answer</source>
        <translation>Cherche le plus petit nombre de mots dont l&apos;échange change la réponse</translation>
    </message>
    <message>
        <source>Sentences that it reads rightly</source>
        <translation>Phrases qu&apos;il lit bien</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The network reads this as %1.</source>
        <translation>Le réseau y lit %1.</translation>
    </message>
    <message>
        <source>No word has to change: the network reads this as %1 already.</source>
        <translation>Aucun mot à changer&#xa0;: le réseau y lit déjà %1.</translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;%n of %1&lt;/b&gt; words changed, and the network went from %2 to %3.</source>
        <translation>
            <numerusform>&lt;b&gt;%n mot sur %1&lt;/b&gt; changé, et le réseau est passé de %2 à %3.</numerusform>
            <numerusform>&lt;b&gt;%n mots sur %1&lt;/b&gt; changés, et le réseau est passé de %2 à %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;%n&lt;/b&gt; changed words do not fool it: the network says %1.</source>
        <translation>
            <numerusform>&lt;b&gt;%n&lt;/b&gt; mot changé ne le trompe pas&#xa0;: le réseau dit %1.</numerusform>
            <numerusform>&lt;b&gt;%n&lt;/b&gt; mots changés ne le trompent pas&#xa0;: le réseau dit %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;%n&lt;/b&gt; changed words leave the network at %1.</source>
        <translation>
            <numerusform>&lt;b&gt;%n&lt;/b&gt; mot changé laisse le réseau à %1.</numerusform>
            <numerusform>&lt;b&gt;%n&lt;/b&gt; mots changés laissent le réseau à %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trying exchanges of %n word(s)…</source>
        <translation>
            <numerusform>Essai des échanges de %n mot…</numerusform>
            <numerusform>Essai des échanges de %n mots…</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped on its way.</source>
        <translation>Arrêté en chemin.</translation>
    </message>
    <message numerus="yes">
        <source>The network does not know %n of these words.</source>
        <translation>
            <numerusform>Le réseau ne connaît pas %n de ces mots.</numerusform>
            <numerusform>Le réseau ne connaît pas %n de ces mots.</numerusform>
        </translation>
    </message>
    <message>
        <source>“Fool it” looks for the fewest words whose exchange changes this.</source>
        <translation>«&#xa0;Tromper&#xa0;» cherche le plus petit nombre de mots dont l&apos;échange change cette réponse.</translation>
    </message>
    <message>
        <source>Allow more words, or any word in their place.</source>
        <translation>Permettez plus de mots, ou n&apos;importe quel mot à leur place.</translation>
    </message>
    <message>
        <source>No smaller set does it: all were tried.</source>
        <translation>Aucun ensemble plus petit n&apos;y suffit&#xa0;: tous ont été essayés.</translation>
    </message>
    <message>
        <source>Perhaps a smaller set does it too: not all were tried.</source>
        <translation>Un ensemble plus petit suffit peut-être&#xa0;: tous n&apos;ont pas été essayés.</translation>
    </message>
    <message>
        <source>One word is the fewest there can be.</source>
        <translation>Moins d&apos;un mot, c&apos;est impossible.</translation>
    </message>
    <message>
        <source>No smaller set does it with the nearest words: all were tried.</source>
        <translation>Avec les mots les plus proches, aucun ensemble plus petit n&apos;y suffit&#xa0;: tous ont été essayés.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s) to the network, %1.</source>
        <translation>
            <numerusform>%Ln question au réseau, %1.</numerusform>
            <numerusform>%Ln questions au réseau, %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the first %n word(s) are read.</source>
        <translation>
            <numerusform>Seul le premier mot est lu.</numerusform>
            <numerusform>Seuls les %n premiers mots sont lus.</numerusform>
        </translation>
    </message>
    <message>
        <source>Allow more words.</source>
        <translation>Permettez plus de mots.</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>telle quelle</translation>
    </message>
    <message>
        <source>Save or copy the exchanged words</source>
        <translation>Enregistrer ou copier les mots échangés</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SeriesChart</name>
    <message>
        <source>Which feature is drawn</source>
        <translation>Quelle grandeur est tracée</translation>
    </message>
    <message>
        <source>The series before and after</source>
        <translation>La série avant et après</translation>
    </message>
    <message>
        <source>the series</source>
        <translation>la série</translation>
    </message>
    <message>
        <source>attacked</source>
        <translation>attaquée</translation>
    </message>
    <message>
        <source>Feature %1</source>
        <translation>Grandeur %1</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SeriesChoice</name>
    <message>
        <source>Test series that the network reads rightly</source>
        <translation>Séries de test que le réseau lit bien</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SeriesView</name>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Epsilon in standard deviations</source>
        <translation>Epsilon en écarts-types</translation>
    </message>
    <message>
        <source>Series that it reads rightly</source>
        <translation>Séries qu&apos;il lit bien</translation>
    </message>
    <message>
        <source>There is no test series that the network reads rightly.</source>
        <translation>Il n&apos;y a aucune série de test que le réseau lit bien.</translation>
    </message>
    <message>
        <source>and the network went from %1 to %2.</source>
        <translation>et le réseau est passé de %1 à %2.</translation>
    </message>
    <message>
        <source>and the network still says %1.</source>
        <translation>et le réseau dit toujours %1.</translation>
    </message>
    <message>
        <source>Random noise of the same size leaves it at %1.</source>
        <translation>Un bruit aléatoire de même taille le laisse à %1.</translation>
    </message>
    <message>
        <source>Random noise of the same size makes it %1.</source>
        <translation>Un bruit aléatoire de même taille en fait %1.</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>pas</translation>
    </message>
    <message>
        <source>flips at %1</source>
        <translation>bascule à %1</translation>
    </message>
    <message>
        <source>No value moved by more than %1 σ,</source>
        <translation>Aucune valeur n&apos;a bougé de plus de %1&#xa0;σ,</translation>
    </message>
    <message>
        <source>All moves together are %1 σ long,</source>
        <translation>Tous les mouvements ensemble mesurent %1&#xa0;σ,</translation>
    </message>
    <message>
        <source>All moves add up to %1 σ,</source>
        <translation>La somme des mouvements est de %1&#xa0;σ,</translation>
    </message>
    <message>
        <source>Nothing changed,</source>
        <translation>Rien n&apos;a changé,</translation>
    </message>
    <message numerus="yes">
        <source>Only &lt;b&gt;%n of %1&lt;/b&gt; steps changed,</source>
        <translation>
            <numerusform>Seul &lt;b&gt;%n pas sur %1&lt;/b&gt; a changé,</numerusform>
            <numerusform>Seuls &lt;b&gt;%n pas sur %1&lt;/b&gt; ont changé,</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only &lt;b&gt;%n of %1&lt;/b&gt; values changed,</source>
        <translation>
            <numerusform>Seule &lt;b&gt;%n valeur sur %1&lt;/b&gt; a changé,</numerusform>
            <numerusform>Seules &lt;b&gt;%n valeurs sur %1&lt;/b&gt; ont changé,</numerusform>
        </translation>
    </message>
    <message>
        <source>values</source>
        <translation>valeurs</translation>
    </message>
    <message>
        <source>Loss, step by step</source>
        <translation>Perte, pas à pas</translation>
    </message>
    <message>
        <source>How many values the attack may change, however far</source>
        <translation>Combien de valeurs l&apos;attaque peut changer, aussi loin qu&apos;elle veut</translation>
    </message>
    <message>
        <source>How far the attack may go. σ: standard deviations of the training data</source>
        <translation>Jusqu&apos;où l&apos;attaque peut aller. σ&#xa0;: écarts-types des données d&apos;entraînement</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::StatusRow</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::StepChart</name>
    <message>
        <source>Step by step</source>
        <translation>Pas à pas</translation>
    </message>
    <message>
        <source>Left and right move the cursor, up and down change the letter.</source>
        <translation>Gauche et droite déplacent le curseur, haut et bas changent la lettre.</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>store</source>
        <translation>retenir</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>rappel</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>délai %1</translation>
    </message>
    <message>
        <source>step</source>
        <translation>pas</translation>
    </message>
    <message>
        <source>%1. Drag up or down, or click, to change it.</source>
        <translation>%1. Tirez vers le haut ou le bas, ou cliquez, pour changer.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::StepChoice</name>
    <message>
        <source>Another word…</source>
        <translation>Un autre mot…</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::StudiesPage</name>
    <message>
        <source>Studies</source>
        <translation>Études</translation>
    </message>
    <message>
        <source>The first findings are on their way…</source>
        <translation>Les premiers résultats arrivent…</translation>
    </message>
    <message>
        <source>“Run the study” answers this question for the networks that are ticked.</source>
        <translation>« Lancer l&apos;étude » répond à cette question pour les réseaux cochés.</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>En cours…</translation>
    </message>
    <message>
        <source>Another study is running.</source>
        <translation>Une autre étude est en cours.</translation>
    </message>
    <message>
        <source>took %1 s</source>
        <translation>a pris %1 s</translation>
    </message>
    <message>
        <source>The study was stopped before its end, and what it had found so far is gone. “Run the study” begins anew.</source>
        <translation>L&apos;étude a été arrêtée avant la fin, et ce qu&apos;elle avait trouvé est perdu. « Lancer l&apos;étude » la recommence.</translation>
    </message>
    <message>
        <source>Honesty</source>
        <translation>Honnêteté</translation>
    </message>
    <message>
        <source>Honesty of %1</source>
        <translation>Honnêteté de %1</translation>
    </message>
    <message>
        <source>%1: %2 of %3 checks passed</source>
        <translation>%1 : %2 contrôles réussis sur %3</translation>
    </message>
    <message>
        <source>%1: %2 of %3 checks failed: see which</source>
        <translation>%1 : %2 contrôles échoués sur %3 : voir lesquels</translation>
    </message>
    <message>
        <source>The honesty of these figures is being checked… %1</source>
        <translation>L&apos;honnêteté de ces chiffres est en cours de contrôle… %1</translation>
    </message>
    <message>
        <source>The honesty of these figures was not checked to the end.</source>
        <translation>L&apos;honnêteté de ces chiffres n&apos;a pas été contrôlée jusqu&apos;au bout.</translation>
    </message>
    <message>
        <source>Check it</source>
        <translation>La contrôler</translation>
    </message>
    <message>
        <source>This is of another sample than the one that is looked at now: run the study again.</source>
        <translation>Ceci concerne un autre exemple que celui que l&apos;on regarde maintenant : relancez l&apos;étude.</translation>
    </message>
    <message>
        <source>%1: no check could be answered</source>
        <translation>%1 : aucune question n'a pu avoir de réponse</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::StudyModel</name>
    <message>
        <source>The data are still being loaded.</source>
        <translation>Les données sont en cours de chargement.</translation>
    </message>
    <message>
        <source>This study is about pictures. The data of this project are none.</source>
        <translation>Cette étude porte sur des images. Les données de ce projet n&apos;en sont pas.</translation>
    </message>
    <message>
        <source>A study needs data whose samples each belong to one class.</source>
        <translation>Une étude demande des données dont chaque exemple appartient à une classe.</translation>
    </message>
    <message>
        <source>Train a network first: press Play. Then come back and study it.</source>
        <translation>Entraînez d&apos;abord un réseau : appuyez sur Lancer. Puis revenez l&apos;étudier.</translation>
    </message>
    <message>
        <source>Tick at least one network.</source>
        <translation>Cochez au moins un réseau.</translation>
    </message>
    <message>
        <source>%1 has no run that reads these pictures and tells these classes apart. Train it on the same data first.</source>
        <translation>%1 n&apos;a aucun essai qui lise ces images et distingue ces classes. Entraînez-le d&apos;abord sur les mêmes données.</translation>
    </message>
    <message>
        <source>A study changes numbers a little; words cannot be changed so. Choose pictures or series as data, and train on them.</source>
        <translation>Une étude change un peu des nombres ; des mots ne se changent pas ainsi. Choisissez des images ou des séries comme données, et entraînez dessus.</translation>
    </message>
    <message>
        <source>The network is still learning. When the run ends, it can be studied here.</source>
        <translation>Le réseau apprend encore. À la fin de l&apos;essai, vous pourrez l&apos;étudier ici.</translation>
    </message>
    <message>
        <source>The run has ended. Its best weights are being measured…</source>
        <translation>L&apos;essai est terminé. Ses meilleurs poids sont en cours de mesure…</translation>
    </message>
    <message>
        <source>This network reads none of the test pictures rightly, so there is nothing to fool. Bring photographs: choose a folder of your own as data, with a folder for each class within it. Or open one photograph in One picture, and draw its map.</source>
        <translation>Ce réseau ne lit bien aucune des images de test : il n&apos;y a rien à tromper. Apportez des photos : choisissez comme données un de vos dossiers, avec un dossier par classe. Ou ouvrez une photo dans Une image, et tracez sa carte.</translation>
    </message>
    <message>
        <source>This network reads none of the test samples rightly, so there is nothing to fool. Train it longer, or choose another one.</source>
        <translation>Ce réseau ne lit bien aucun des exemples de test : il n&apos;y a rien à tromper. Entraînez-le plus longtemps, ou choisissez-en un autre.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::StudyNetwork</name>
    <message>
        <source>not adaptive</source>
        <translation>non adaptative</translation>
    </message>
    <message>
        <source>%1 behind %2</source>
        <translation>%1 derrière %2</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::StudyNetworkList</name>
    <message>
        <source>The run that is open, behind a filter: %1</source>
        <translation>L&apos;essai ouvert, derrière un filtre : %1</translation>
    </message>
    <message>
        <source>The run that is open</source>
        <translation>L&apos;essai ouvert</translation>
    </message>
    <message>
        <source>Add a network…</source>
        <translation>Ajouter un réseau…</translation>
    </message>
    <message>
        <source>This study says more of several networks side by side.</source>
        <translation>Cette étude en dit plus sur plusieurs réseaux côte à côte.</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Réseaux</translation>
    </message>
    <message>
        <source>The runs of another project…</source>
        <translation>Les essais d&apos;un autre projet…</translation>
    </message>
    <message>
        <source>A TorchScript file…</source>
        <translation>Un fichier TorchScript…</translation>
    </message>
    <message>
        <source>A project whose runs are compared</source>
        <translation>Un projet dont les essais sont comparés</translation>
    </message>
    <message>
        <source>Projects (*.ostrich)</source>
        <translation>Projets (*.ostrich)</translation>
    </message>
    <message>
        <source>Open a TorchScript file</source>
        <translation>Ouvrir un fichier TorchScript</translation>
    </message>
    <message>
        <source>TorchScript files (*.pt *.pth *.ts);;All files (*)</source>
        <translation>Fichiers TorchScript (*.pt *.pth *.ts);;Tous les fichiers (*)</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::StudySettings</name>
    <message>
        <source>This study</source>
        <translation>Cette étude</translation>
    </message>
    <message>
        <source>Attack</source>
        <translation>Attaque</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Méthode</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>Norme</translation>
    </message>
    <message>
        <source>ε</source>
        <translation>ε</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pas</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Run the study</source>
        <translation>Lancer l&apos;étude</translation>
    </message>
    <message>
        <source>Another study is running.</source>
        <translation>Une autre étude est en cours.</translation>
    </message>
    <message>
        <source>values</source>
        <translation>valeurs</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>Plus…</translation>
    </message>
    <message>
        <source>Random starts, and what this attack can be told</source>
        <translation>Départs au hasard, et les réglages propres à cette attaque</translation>
    </message>
    <message>
        <source>How many steps the attack takes: more of them find more.
Another method begins with as many as its paper takes.</source>
        <translation>Combien de pas fait l&apos;attaque : plus il y en a, plus elle trouve.
Une autre méthode commence avec autant de pas que dans son article.</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Cible</translation>
    </message>
    <message>
        <source>What the network is to say: one class, or whichever wrong one is easiest.
Some methods know no target.</source>
        <translation>Ce que le réseau doit dire : une classe, ou la mauvaise réponse la plus facile.
Certaines méthodes ne visent pas de cible.</translation>
    </message>
    <message>
        <source>Over how many test samples the study goes, from the first one on: the more, the narrower its intervals, and the longer it takes</source>
        <translation>Sur combien d&apos;exemples de test porte l&apos;étude, à partir du premier : plus il y en a, plus les intervalles sont étroits, et plus elle dure</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Exemple</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine</translation>
    </message>
    <message>
        <source>What is drawn at random is drawn from it: the same seed, the same findings</source>
        <translation>Ce qui est tiré au hasard en découle : même graine, mêmes résultats</translation>
    </message>
    <message>
        <source>This attack is held by its own limits: see “More…”.</source>
        <translation>Cette attaque est tenue par ses propres limites : voir « Plus… ».</translation>
    </message>
    <message>
        <source>How far the attack may go, in the norm above: for L∞ in 255ths of the way from black to white</source>
        <translation>Jusqu&apos;où l&apos;attaque peut aller, dans la norme ci-dessus : pour L∞ en 255es du chemin du noir au blanc</translation>
    </message>
    <message>
        <source>How far the attack may go, in the norm above: in standard deviations σ of the training data</source>
        <translation>Jusqu&apos;où l&apos;attaque peut aller, dans la norme ci-dessus : en écarts types σ des données d&apos;entraînement</translation>
    </message>
    <message>
        <source>the picture in One picture</source>
        <translation>l&apos;image de la vue Une image</translation>
    </message>
    <message>
        <source>the series in One series</source>
        <translation>la série de la vue Une série</translation>
    </message>
    <message>
        <source>the first test sample that the network reads rightly</source>
        <translation>le premier exemple de test que le réseau lit bien</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SymbolSpinBox</name>
    <message>
        <source>classes</source>
        <translation>classes</translation>
    </message>
    <message>
        <source>from data</source>
        <translation>selon données</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::TorchScriptDialog</name>
    <message>
        <source>Open a TorchScript file?</source>
        <translation>Ouvrir un fichier TorchScript ?</translation>
    </message>
    <message>
        <source>A TorchScript file is a program. Open it only if you trust where it came from.</source>
        <translation>Un fichier TorchScript est un programme. Ne l&apos;ouvrez que si vous avez confiance en sa provenance.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>What the network was trained with, one number per channel, in units from 0 to 1: “0.485, 0.456, 0.406”</source>
        <translation>Ce avec quoi le réseau a été entraîné, un nombre par canal, en unités de 0 à 1 : « 0.485, 0.456, 0.406 »</translation>
    </message>
    <message>
        <source>Mean to subtract</source>
        <translation>Moyenne à soustraire</translation>
    </message>
    <message>
        <source>Deviation to divide by</source>
        <translation>Écart type par lequel diviser</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>L&apos;ouvrir</translation>
    </message>
    <message numerus="yes">
        <source>Give %n number(s) for each of the two, with commas between them and the deviations above 0, or leave both empty.</source>
        <translation>
            <numerusform>Donnez %n nombre pour chacun des deux, avec un écart type positif, ou laissez les deux vides.</numerusform>
            <numerusform>Donnez %n nombres pour chacun des deux, séparés par des virgules, les écarts types positifs, ou laissez les deux vides.</numerusform>
        </translation>
    </message>
    <message>
        <source>Names of its classes</source>
        <translation>Noms de ses classes</translation>
    </message>
    <message>
        <source>those of the data</source>
        <translation>ceux des données</translation>
    </message>
    <message>
        <source>A text file with one name a line, in the order of the network&apos;s answers. Left empty: it answers in the order of the data&apos;s classes.</source>
        <translation>Un fichier texte avec un nom par ligne, dans l&apos;ordre des réponses du réseau. Laissé vide : il répond dans l&apos;ordre des classes des données.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Text files (*.txt);;All files (*)</source>
        <translation>Fichiers texte (*.txt);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 ne peut pas être lu.</translation>
    </message>
    <message>
        <source>%1 has %2 names, but the data have %3 classes: give one name a line.</source>
        <translation>%1 contient %2 noms, mais les données ont %3 classes : donnez un nom par ligne.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::TrainPlace</name>
    <message>
        <source>Loss</source>
        <translation>Perte</translation>
    </message>
    <message>
        <source>by epoch</source>
        <translation>par époque</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Exactitude</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>Exactitude (valid.)</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>Écart</translation>
    </message>
    <message>
        <source>Test accuracy</source>
        <translation>Exactitude (test)</translation>
    </message>
    <message>
        <source>press Play</source>
        <translation>appuyez sur Lancer</translation>
    </message>
    <message>
        <source>training minus validation</source>
        <translation>apprentissage moins validation</translation>
    </message>
    <message>
        <source>measured once, at the end</source>
        <translation>mesurée une fois, à la fin</translation>
    </message>
    <message>
        <source>at epoch %1</source>
        <translation>à l&apos;époque %1</translation>
    </message>
    <message>
        <source>points</source>
        <translation>points</translation>
    </message>
    <message>
        <source>training %1</source>
        <translation>apprentissage %1</translation>
    </message>
    <message>
        <source>measured once</source>
        <translation>mesurée une fois</translation>
    </message>
    <message>
        <source>Runs and recipe</source>
        <translation>Essais et recette</translation>
    </message>
    <message>
        <source>Validation token accuracy</source>
        <translation>Exactitude par mot, validation</translation>
    </message>
    <message>
        <source>Exact sentences</source>
        <translation>Phrases exactes</translation>
    </message>
    <message>
        <source>tokens of the test split %1</source>
        <translation>mots du test %1</translation>
    </message>
    <message>
        <source>Validation %1</source>
        <translation>%1 de validation</translation>
    </message>
    <message>
        <source>Naive forecast</source>
        <translation>Prévision naïve</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>%1 de test</translation>
    </message>
    <message>
        <source>the last value repeated</source>
        <translation>la dernière valeur répétée</translation>
    </message>
    <message>
        <source>one season back %1</source>
        <translation>une saison avant %1</translation>
    </message>
    <message>
        <source>No better than repeating the last value.</source>
        <translation>Pas mieux que de répéter la dernière valeur.</translation>
    </message>
    <message>
        <source>naive %1</source>
        <translation>naïve %1</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Réponses</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::TranslationPanel</name>
    <message>
        <source>validation</source>
        <translation>validation</translation>
    </message>
    <message>
        <source>test</source>
        <translation>test</translation>
    </message>
    <message>
        <source>Translations</source>
        <translation>Traductions</translation>
    </message>
    <message>
        <source>When a run has ended, this shows some sentences, what they should be in the other language, and what the network makes of them.</source>
        <translation>Quand un entraînement est terminé, on voit ici quelques phrases, ce qu&apos;elles devraient être dans l&apos;autre langue et ce qu&apos;en fait le réseau.</translation>
    </message>
    <message>
        <source>Translating some sentences…</source>
        <translation>Traduction de quelques phrases…</translation>
    </message>
    <message>
        <source>should be</source>
        <translation>attendu</translation>
    </message>
    <message>
        <source>is</source>
        <translation>obtenu</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Transport</name>
    <message>
        <source>Pause (F6)</source>
        <translation>Pause (F6)</translation>
    </message>
    <message>
        <source>Stop: keep the best weights and measure the test accuracy (Shift+F5)</source>
        <translation>Arrêter&#xa0;: garder les meilleurs poids et mesurer l&apos;exactitude de test (Shift+F5)</translation>
    </message>
    <message>
        <source>One batch (F7); one epoch: Shift+F7, or the right button</source>
        <translation>Un lot (F7)&#x202f;; une époque&#xa0;: Shift+F7, ou le bouton droit</translation>
    </message>
    <message>
        <source>Back to the same initial weights (F8)</source>
        <translation>Revenir aux mêmes poids initiaux (F8)</translation>
    </message>
    <message>
        <source>One batch</source>
        <translation>Un lot</translation>
    </message>
    <message>
        <source>One epoch</source>
        <translation>Une époque</translation>
    </message>
    <message numerus="yes">
        <source>Not ready: %n problem(s)</source>
        <translation>
            <numerusform>Pas prêt&#xa0;: %n problème</numerusform>
            <numerusform>Pas prêt&#xa0;: %n problèmes</numerusform>
        </translation>
    </message>
    <message>
        <source>Preparing the data</source>
        <translation>Préparation des données</translation>
    </message>
    <message>
        <source>Stopped early at %1 / %2</source>
        <translation>Arrêt anticipé à %1 / %2</translation>
    </message>
    <message>
        <source>Epoch %1 / %2</source>
        <translation>Époque %1 / %2</translation>
    </message>
    <message>
        <source>The run has failed</source>
        <translation>L&apos;essai a échoué</translation>
    </message>
    <message numerus="yes">
        <source>Ready: %n epoch(s)</source>
        <translation>
            <numerusform>Prêt&#xa0;: %n époque</numerusform>
            <numerusform>Prêt&#xa0;: %n époques</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 samples/s</source>
        <translation>%1 exemples/s</translation>
    </message>
    <message>
        <source>took %1 s</source>
        <translation>durée %1&#xa0;s</translation>
    </message>
    <message>
        <source>paused at step %1</source>
        <translation>en pause au pas %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>reste %1</translation>
    </message>
    <message>
        <source>Trained elsewhere</source>
        <translation>Entraîné ailleurs</translation>
    </message>
    <message>
        <source>%1 weights from a file</source>
        <translation>%1 poids venus d&apos;un fichier</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Triptych</name>
    <message>
        <source>Picture plus noise makes the attacked picture</source>
        <translation>L&apos;image plus le bruit donnent l&apos;image attaquée</translation>
    </message>
    <message>
        <source>Save or copy the three pictures</source>
        <translation>Enregistrer ou copier les trois images</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::WireItem</name>
    <message>
        <source>short-cut</source>
        <translation>raccourci</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::WireLook</name>
    <message>
        <source>N samples at a time</source>
        <translation>N exemples à la fois</translation>
    </message>
    <message numerus="yes">
        <source>%n map(s)</source>
        <translation>
            <numerusform>%n carte</numerusform>
            <numerusform>%n cartes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pixel(s) high</source>
        <translation>
            <numerusform>%n pixel de haut</numerusform>
            <numerusform>%n pixels de haut</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pixel(s) wide</source>
        <translation>
            <numerusform>%n pixel de large</numerusform>
            <numerusform>%n pixels de large</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n pas</numerusform>
            <numerusform>%n pas</numerusform>
        </translation>
    </message>
    <message>
        <source>T steps: as many as each sample has</source>
        <translation>T pas : autant que chaque exemple en a</translation>
    </message>
    <message numerus="yes">
        <source>%n number(s)</source>
        <translation>
            <numerusform>%n nombre</numerusform>
            <numerusform>%n nombres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>one of %n word(s) each</source>
        <translation>
            <numerusform>chacun parmi %n mot</numerusform>
            <numerusform>chacun parmi %n mots</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::WriteOnPanel</name>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>The beginning of a text</source>
        <translation>Le début d’un texte</translation>
    </message>
    <message>
        <source>Type a beginning…</source>
        <translation>Tapez un début…</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Cold: the likeliest only. Hot: the unlikely get their chance</source>
        <translation>Froid&#xa0;: le plus probable seul. Chaud&#xa0;: l’improbable a sa chance</translation>
    </message>
    <message>
        <source>What comes next</source>
        <translation>Ce qui vient ensuite</translation>
    </message>
    <message>
        <source>The marks: the probabilities at temperature 1.</source>
        <translation>Les traits&#xa0;: les probabilités à la température 1.</translation>
    </message>
    <message>
        <source>Write on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Tokens to write</source>
        <translation>Jetons à écrire</translation>
    </message>
    <message>
        <source>0: always the likeliest</source>
        <translation>0&#xa0;: toujours le plus probable</translation>
    </message>
    <message>
        <source>The network has not learned anything yet. Press Play, and let it write here while it learns.</source>
        <translation>Le réseau n’a encore rien appris. Appuyez sur Lancer, et laissez-le écrire ici pendant qu’il apprend.</translation>
    </message>
    <message>
        <source>The network needs a beginning, be it one letter.</source>
        <translation>Il faut un début au réseau, ne serait-ce qu’une lettre.</translation>
    </message>
    <message numerus="yes">
        <source>%n sign(s) that the network has never seen</source>
        <translation>
            <numerusform>%n signe que le réseau n’a jamais vu</numerusform>
            <numerusform>%n signes que le réseau n’a jamais vus</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation>&#xa0;jetons</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::ZoomBar</name>
    <message>
        <source>Zoom out (Ctrl+−)</source>
        <translation>Zoom arrière (Ctrl+−)</translation>
    </message>
    <message>
        <source>Actual size (Ctrl+0). The wheel zooms at the pointer. To pan: drag with the middle button, drag the empty canvas with Ctrl, or slide two fingers.</source>
        <translation>Taille réelle (Ctrl+0). La molette zoome sous le pointeur. Pour déplacer la vue&#xa0;: glissez avec le bouton du milieu, glissez le plan vide avec Ctrl, ou faites glisser deux doigts.</translation>
    </message>
    <message>
        <source>Zoom in (Ctrl++)</source>
        <translation>Zoom avant (Ctrl++)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajuster</translation>
    </message>
    <message>
        <source>Show the whole network (Ctrl+9)</source>
        <translation>Montrer tout le réseau (Ctrl+9)</translation>
    </message>
    <message>
        <source>Tidy</source>
        <translation>Ranger</translation>
    </message>
    <message>
        <source>Lay the blocks out in reading order (Ctrl+T)</source>
        <translation>Disposer les blocs dans l&apos;ordre de lecture (Ctrl+T)</translation>
    </message>
</context>
</TS>
