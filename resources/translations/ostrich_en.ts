<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ostrich::ui::CompareControls</name>
    <message numerus="yes">
        <source>Trains all four on the data of the project, at equal parameters, each with %n seed(s)</source>
        <translation>
            <numerusform>Trains all four on the data of the project, at equal parameters, each with %n seed</numerusform>
            <numerusform>Trains all four on the data of the project, at equal parameters, each with %n seeds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trains the network on the canvas with %n seed(s) that it has no run of yet</source>
        <translation>
            <numerusform>Trains the network on the canvas with %n seed that it has no run of yet</numerusform>
            <numerusform>Trains the network on the canvas with %n seeds that it has no run of yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CompareModel</name>
    <message numerus="yes">
        <source>The comparison has ended: %n run(s) trained.</source>
        <translation>
            <numerusform>The comparison has ended: %n run trained.</numerusform>
            <numerusform>The comparison has ended: %n runs trained.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::CompareView</name>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n block</numerusform>
            <numerusform>%n blocks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) stopped or broken down: not counted.</source>
        <translation>
            <numerusform>%n run stopped or broken down: not counted.</numerusform>
            <numerusform>%n runs stopped or broken down: not counted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n network(s)</source>
        <translation>
            <numerusform>%n network</numerusform>
            <numerusform>%n networks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::DataDialog</name>
    <message numerus="yes">
        <source>%n number(s) to tell, each sample %1</source>
        <translation>
            <numerusform>%n number to tell, each sample %1</numerusform>
            <numerusform>%n numbers to tell, each sample %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Inside</name>
    <message numerus="yes">
        <source>step(s)</source>
        <translation>
            <numerusform>step</numerusform>
            <numerusform>steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Inspector</name>
    <message numerus="yes">
        <source>Fold %n block(s) into a group</source>
        <translation>
            <numerusform>Fold %n block into a group</numerusform>
            <numerusform>Fold %n blocks into a group</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n block</numerusform>
            <numerusform>%n blocks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s): %1</source>
        <translation>
            <numerusform>%n problem: %1</numerusform>
            <numerusform>%n problems: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Validation loss had not improved for %n epoch(s). The weights of epoch %1 are restored.</source>
        <translation>
            <numerusform>Validation loss had not improved for %n epoch. The weights of epoch %1 are restored.</numerusform>
            <numerusform>Validation loss had not improved for %n epochs. The weights of epoch %1 are restored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The network fits them with %n change(s).</source>
        <translation>
            <numerusform>The network fits them with %n change.</numerusform>
            <numerusform>The network fits them with %n changes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::MapsPage</name>
    <message numerus="yes">
        <source>%n map(s) of %1×%2 for this sample.</source>
        <translation>
            <numerusform>%n map of %1×%2 for this sample.</numerusform>
            <numerusform>%n maps of %1×%2 for this sample.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) at each step.</source>
        <translation>
            <numerusform>%n value at each step.</numerusform>
            <numerusform>%n values at each step.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) for this sample.</source>
        <translation>
            <numerusform>%n value for this sample.</numerusform>
            <numerusform>%n values for this sample.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n filter(s): channels downwards, time to the right.</source>
        <translation>
            <numerusform>%n filter: channels downwards, time to the right.</numerusform>
            <numerusform>%n filters: channels downwards, time to the right.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n filter(s) of %1×%2.</source>
        <translation>
            <numerusform>%n filter of %1×%2.</numerusform>
            <numerusform>%n filters of %1×%2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n filter(s) of %1×%2, each the mean over its %3 channels.</source>
        <translation>
            <numerusform>%n filter of %1×%2, the mean over its %3 channels.</numerusform>
            <numerusform>%n filters of %1×%2, each the mean over its %3 channels.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::MemoryCurve</name>
    <message numerus="yes">
        <source>%n step(s) back</source>
        <translation>
            <numerusform>%n step back</numerusform>
            <numerusform>%n steps back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::NextTokenBars</name>
    <message numerus="yes">
        <source>%n other(s)</source>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::ProbabilityBars</name>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::RunList</name>
    <message numerus="yes">
        <source>%n epoch(s), best %1</source>
        <translation>
            <numerusform>%n epoch, best %1</numerusform>
            <numerusform>%n epochs, best %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s), not ended</source>
        <translation>
            <numerusform>%n epoch, not ended</numerusform>
            <numerusform>%n epochs, not ended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SentenceView</name>
    <message numerus="yes">
        <source>&lt;b&gt;%n of %1&lt;/b&gt; words changed, and the network went from %2 to %3.</source>
        <translation>
            <numerusform>&lt;b&gt;%n of %1&lt;/b&gt; words changed, and the network went from %2 to %3.</numerusform>
            <numerusform>&lt;b&gt;%n of %1&lt;/b&gt; words changed, and the network went from %2 to %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;%n&lt;/b&gt; changed words do not fool it: the network says %1.</source>
        <translation>
            <numerusform>&lt;b&gt;%n&lt;/b&gt; changed word does not fool it: the network says %1.</numerusform>
            <numerusform>&lt;b&gt;%n&lt;/b&gt; changed words do not fool it: the network says %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;%n&lt;/b&gt; changed words leave the network at %1.</source>
        <translation>
            <numerusform>&lt;b&gt;%n&lt;/b&gt; changed word leaves the network at %1.</numerusform>
            <numerusform>&lt;b&gt;%n&lt;/b&gt; changed words leave the network at %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trying exchanges of %n word(s)…</source>
        <translation>
            <numerusform>Trying exchanges of %n word…</numerusform>
            <numerusform>Trying exchanges of %n words…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The network does not know %n of these words.</source>
        <translation>
            <numerusform>The network does not know %n of these words.</numerusform>
            <numerusform>The network does not know %n of these words.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s) to the network, %1.</source>
        <translation>
            <numerusform>%Ln question to the network, %1.</numerusform>
            <numerusform>%Ln questions to the network, %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the first %n word(s) are read.</source>
        <translation>
            <numerusform>Only the first word is read.</numerusform>
            <numerusform>Only the first %n words are read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::SeriesView</name>
    <message numerus="yes">
        <source>Only &lt;b&gt;%n of %1&lt;/b&gt; steps changed,</source>
        <translation>
            <numerusform>Only &lt;b&gt;%n of %1&lt;/b&gt; steps changed,</numerusform>
            <numerusform>Only &lt;b&gt;%n of %1&lt;/b&gt; steps changed,</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only &lt;b&gt;%n of %1&lt;/b&gt; values changed,</source>
        <translation>
            <numerusform>Only &lt;b&gt;%n of %1&lt;/b&gt; values changed,</numerusform>
            <numerusform>Only &lt;b&gt;%n of %1&lt;/b&gt; values changed,</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::TorchScriptDialog</name>
    <message numerus="yes">
        <source>Give %n number(s) for each of the two, with commas between them and the deviations above 0, or leave both empty.</source>
        <translation>
            <numerusform>Give %n number for each of the two, the deviation above 0, or leave both empty.</numerusform>
            <numerusform>Give %n numbers for each of the two, with commas between them and the deviations above 0, or leave both empty.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::Transport</name>
    <message numerus="yes">
        <source>Not ready: %n problem(s)</source>
        <translation>
            <numerusform>Not ready: %n problem</numerusform>
            <numerusform>Not ready: %n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ready: %n epoch(s)</source>
        <translation>
            <numerusform>Ready: %n epoch</numerusform>
            <numerusform>Ready: %n epochs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::WireLook</name>
    <message numerus="yes">
        <source>%n map(s)</source>
        <translation>
            <numerusform>%n map</numerusform>
            <numerusform>%n maps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pixel(s) high</source>
        <translation>
            <numerusform>%n pixel high</numerusform>
            <numerusform>%n pixels high</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pixel(s) wide</source>
        <translation>
            <numerusform>%n pixel wide</numerusform>
            <numerusform>%n pixels wide</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n number(s)</source>
        <translation>
            <numerusform>%n number</numerusform>
            <numerusform>%n numbers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>one of %n word(s) each</source>
        <translation>
            <numerusform>one of %n word each</numerusform>
            <numerusform>one of %n words each</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ostrich::ui::WriteOnPanel</name>
    <message numerus="yes">
        <source>%n sign(s) that the network has never seen</source>
        <translation>
            <numerusform>%n sign that the network has never seen</numerusform>
            <numerusform>%n signs that the network has never seen</numerusform>
        </translation>
    </message>
</context>
</TS>
