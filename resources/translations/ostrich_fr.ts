<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>ostrich::ui::AttackPanel</name>
    <message>
        <source>Random start</source>
        <translation>Départ au hasard</translation>
    </message>
    <message>
        <source>Save PNG…</source>
        <translation>Exporter PNG…</translation>
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
        <source>Over how many test pictures the curve is measured</source>
        <translation>Nombre d&apos;images de test sur lesquelles la courbe est mesurée</translation>
    </message>
    <message>
        <source>The same attack from another random start</source>
        <translation>La même attaque, depuis un autre départ au hasard</translation>
    </message>
    <message>
        <source>L∞ bounds each pixel&apos;s change, L2 the length of all changes together</source>
        <translation>L∞ borne le changement de chaque pixel, L2 la longueur de tous les changements ensemble</translation>
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
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>any other class</source>
        <translation>toute autre classe</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Draw the curve</source>
        <translation>Tracer la courbe</translation>
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
        <translation>%1, %2 : %3</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::BlockStrip</name>
    <message>
        <source>a “%1”</source>
        <translation>classe « %1 »</translation>
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
        <translation>Classe « %2 » lue comme « %3 » : %1</translation>
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
        <translation>%1 × « %2 » lu « %3 », sur %4</translation>
    </message>
    <message>
        <source>The figure is its confidence in “%1”.</source>
        <translation>Le chiffre est sa confiance en « %1 ».</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CurvePlot</name>
    <message>
        <source>best: epoch %1</source>
        <translation>meilleure : époque %1</translation>
    </message>
    <message>
        <source>stopped early: epoch %1</source>
        <translation>arrêt : époque %1</translation>
    </message>
    <message>
        <source>test %1</source>
        <translation>test %1</translation>
    </message>
    <message>
        <source>gap %1</source>
        <translation>écart %1</translation>
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
    <name>ostrich::ui::EpsilonSlider</name>
    <message>
        <source>Epsilon: the largest change of a pixel</source>
        <translation>Epsilon : le plus grand changement d&apos;un pixel</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::FoolModel</name>
    <message>
        <source>Fool needs pictures: choose digits, animals or your own pictures as data, and train on them.</source>
        <translation>Pour tromper le réseau, il faut des images : choisissez comme données des chiffres, des animaux ou vos propres images, puis entraînez-le.</translation>
    </message>
    <message>
        <source>The network is still learning. When the run ends, it can be fooled here.</source>
        <translation>Le réseau apprend encore. À la fin de l&apos;essai, vous pourrez le tromper ici.</translation>
    </message>
    <message>
        <source>Train a network first: press Play. Then come back and fool it.</source>
        <translation>Entraînez d&apos;abord un réseau : appuyez sur Lancer. Revenez ensuite le tromper.</translation>
    </message>
    <message>
        <source>The run has ended. Its best weights are being measured…</source>
        <translation>L&apos;essai est terminé. Ses meilleurs poids sont en cours de mesure…</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::FoolPlace</name>
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
        <source>No pixel moved by more than &lt;b&gt;%1 of 255&lt;/b&gt; levels, and the network went from %2 to %3.</source>
        <translation>Aucun pixel n&apos;a changé de plus de &lt;b&gt;%1 sur 255&lt;/b&gt; niveaux, et le réseau est passé de %2 à %3.</translation>
    </message>
    <message>
        <source>No pixel moved by more than &lt;b&gt;%1 of 255&lt;/b&gt; levels, and the network still says %2.</source>
        <translation>Aucun pixel n&apos;a changé de plus de &lt;b&gt;%1 sur 255&lt;/b&gt; niveaux, et le réseau dit toujours %2.</translation>
    </message>
    <message>
        <source>Random noise of the same size leaves it at %1.</source>
        <translation>Un bruit aléatoire de même ampleur le laisse à %1.</translation>
    </message>
    <message>
        <source>Random noise of the same size makes it %1.</source>
        <translation>Un bruit aléatoire de même ampleur donne %1.</translation>
    </message>
    <message>
        <source>largest change</source>
        <translation>plus grand changement</translation>
    </message>
    <message>
        <source>%1 levels</source>
        <translation>%1 niveaux</translation>
    </message>
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
        <translation>Enregistré : %1.</translation>
    </message>
    <message>
        <source>%1 could not be written. Choose another folder.</source>
        <translation>Impossible d&apos;écrire %1. Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>“%1” %2</source>
        <translation>« %1 » %2</translation>
    </message>
    <message>
        <source>Choose a picture with the “+” button.</source>
        <translation>Choisissez une image avec le bouton « + ».</translation>
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
        <translation>Appuyez sur &lt;b&gt;Lancer&lt;/b&gt; : ce réseau apprend à lire des chiffres pendant que vous observez ses blocs.</translation>
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
        <translation>Rien à régler : ce bloc n&apos;a pas de paramètres.</translation>
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
        <translation>Rien à entraîner pour l&apos;instant : %1</translation>
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
        <translation>Appuyez sur &lt;b&gt;Lancer&lt;/b&gt; : le réseau apprend, et ses pertes d&apos;apprentissage et de validation s&apos;affichent ici.</translation>
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
        <translation>Menu : fichiers, édition, essai, affichage (F10)</translation>
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
        <translation>%1 Mo par lot de %2</translation>
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
        <translation>Enregistré : %1.</translation>
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
            <numerusform>%n problème : %1</numerusform>
            <numerusform>%n problèmes : %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Drag ε: the picture, the bars and the marked point on the curve follow.</source>
        <translation>Déplacez ε : l&apos;image, les barres et le point marqué sur la courbe suivent.</translation>
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
</context>
<context>
    <name>ostrich::ui::MessageBar</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
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
        <source>Another picture: from the test set, a file, or the clipboard</source>
        <translation>Une autre image : du jeu de test, d&apos;un fichier ou du presse-papiers</translation>
    </message>
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
</context>
<context>
    <name>ostrich::ui::PictureRow</name>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::PlayButton</name>
    <message>
        <source>Play: the network learns (F5)</source>
        <translation>Lancer : le réseau apprend (F5)</translation>
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
</context>
<context>
    <name>ostrich::ui::ProjectModel</name>
    <message>
        <source>Autosave failed. Save your project elsewhere (Ctrl+Shift+S).</source>
        <translation>L&apos;enregistrement automatique a échoué. Enregistrez votre projet ailleurs (Ctrl+Shift+S).</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>Modifier « %1 »</translation>
    </message>
    <message>
        <source>Change data</source>
        <translation>Changer les données</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Sans titre</translation>
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
        <translation>Le taux d&apos;apprentissage change aussitôt ; tout autre changement lance un nouvel essai.</translation>
    </message>
    <message>
        <source>A change starts a new run; the old one stays.</source>
        <translation>Un changement lance un nouvel essai ; l&apos;ancien reste.</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::RobustnessCurve</name>
    <message>
        <source>Accuracy against ε</source>
        <translation>Exactitude selon ε</translation>
    </message>
    <message>
        <source>Attacking the test pictures…</source>
        <translation>Attaque des images de test…</translation>
    </message>
    <message>
        <source>How often is the network still right as ε grows? “Draw the curve” tells, with random noise of the same size beside it.</source>
        <translation>Le réseau a-t-il encore souvent raison quand ε grandit ? « Tracer la courbe » vous le dit, à côté d&apos;un bruit aléatoire de même ampleur.</translation>
    </message>
    <message>
        <source>%1 test pictures, %2</source>
        <translation>%1 images de test, %2</translation>
    </message>
    <message>
        <source>attacked: %1</source>
        <translation>attaquées : %1</translation>
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
        <source>Run %1</source>
        <translation>Essai %1</translation>
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
</context>
<context>
    <name>ostrich::ui::RunModel</name>
    <message>
        <source>The data are being prepared.</source>
        <translation>Les données se préparent.</translation>
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
        <source>Confusion</source>
        <translation>Confusion</translation>
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
        <translation>Arrêter : garder les meilleurs poids et mesurer l&apos;exactitude de test (Shift+F5)</translation>
    </message>
    <message>
        <source>One batch (F7); one epoch: Shift+F7, or the right button</source>
        <translation>Un lot (F7) ; une époque : Shift+F7, ou le bouton droit</translation>
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
            <numerusform>Pas prêt : %n problème</numerusform>
            <numerusform>Pas prêt : %n problèmes</numerusform>
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
            <numerusform>Prêt : %n époque</numerusform>
            <numerusform>Prêt : %n époques</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 samples/s</source>
        <translation>%1 exemples/s</translation>
    </message>
    <message>
        <source>took %1 s</source>
        <translation>durée %1 s</translation>
    </message>
    <message>
        <source>paused at step %1</source>
        <translation>en pause au pas %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>reste %1</translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Triptych</name>
    <message>
        <source>Picture plus noise makes the attacked picture</source>
        <translation>L&apos;image plus le bruit donnent l&apos;image attaquée</translation>
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
    <name>ostrich::ui::ZoomBar</name>
    <message>
        <source>Zoom out (Ctrl+−)</source>
        <translation>Zoom arrière (Ctrl+−)</translation>
    </message>
    <message>
        <source>Actual size (Ctrl+0). The wheel zooms at the pointer. To pan: drag with the middle button, drag the empty canvas with Ctrl, or slide two fingers.</source>
        <translation>Taille réelle (Ctrl+0). La molette zoome sous le pointeur. Pour déplacer la vue : glissez avec le bouton du milieu, glissez le plan vide avec Ctrl, ou faites glisser deux doigts.</translation>
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
