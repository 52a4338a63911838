"""Carrier words, which go with a subject but are not one: articles, phrases of wanting, greetings, fillers."""

_GERMAN = """
der die das den dem des ein eine einer eines einem einen und oder aber mit ohne bei beim im in ins am an auf
aus von vom zu zum zur für über unter nach vor zwischen durch gegen als wie wo was wer wann warum wieso
welche welcher welches ist sind war wird werden wurde soll sollen sollte kann können könnte könnten muss
müssen müsste darf dürfen haben hat habe hätte hätten hab will wollen möchte möchten würde würden wäre wir
ich du er sie es ihr uns euch mich mir dir dich ihm ihn ihnen man unser unsere unserer unserem unseren
unseres mein meine meiner meinem meinen dein deine euer eure eurem eurer kein keine keinen keiner keinem
nicht auch nur noch schon sehr so mehr weniger alle allen aller alles viel viele vielen zuviel wenig etwas
was diese dieser dieses diesem dass damit dafür daran darüber dazu davon sich selbst hier dort da dann denn
weil wenn ob um bis seit mal eben halt einfach ganz gar eher besonders vor allem allgemein generell rund
bereich themen thema themenfeld stichwort bitte gern gerne danke suche suchen sucht such gesucht biete
bieten bietet biet anbieten angebot gebe geben gibt gäbe geht gehen machen macht mache tun bringe mitbringe
mitbringen kenne weiß wissen erfahrung erfahrungen erfahrungsaustausch knowhow expertise hilfe helfen helfe
hilft unterstützung unterstützen unterstütze austausch austauschen ideen idee tipps leute jemand jemanden
jemandem menschen kontakte kontakt brauchen brauche braucht bräuchte benötigen benötige interesse
interessiere interessiert interessieren bzw etc zb usw ca bzgl betreffend bezüglich weiterhin stärker
verstärkt weitere weiterer weiter zusätzlich endlich leider immer wieder aktuell derzeit gerade momentan
heute vielleicht irgendwie irgendwas besser bessere besseren gut gute guten guter gutes neue neuen neuer
neues uns treibt beschäftigt beschäftige kümmern kümmere arbeite finde finden fehlt fehlen wichtig wichtige
wichtiger wichtigste kampf ort vorort hallo hi hey moin servus grüß gott guten morgen tag abend ja nein nö ok okay
nichts nix garnichts egal ahnung keinen schimmer zusammen miteinander zuhören zuschauen anhören reinhören
schauen gucken kennenlernen später bald demnächst warten moment überraschen überrasch lassen lass mögliche
dies jenes alle spannend spannende interessant interessante toll tolle cool super schön freut freue
gespräche gespräch reden sprechen plaudern quatschen inspiration anregungen impulse vernetzen netzwerken
vernetzung sagen sage frage fragen antwort verstehe kapiere dauert dauern lange funktioniert funktionieren
niemand irgendwann
"""
_ENGLISH = """
the a an of and or to for in on with at by from as is are be we i our my you your its that this these those
they them their need needs needed want wants would like looking look search searching offer offers offering
seek seeks seeking help helping helps more less better good about how what who where when why which
experience experiences experienced can could should do does not no any some all very much many please thanks
there here have has get getting make making into around regarding interested interest ideas idea topic
topics subject contacts contact people someone anybody anyone exchange us me so just also know knowledge
hello
nothing idk dunno whatever later listening listen talking talk chat chatting curious inspiration
networking meet surprise maybe sure yet anything something everything nobody one never mind write
"""
CARRIERS = frozenset((_GERMAN + _ENGLISH).split())
