<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
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
</TS>
