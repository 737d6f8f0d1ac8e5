"""Words of talk that carry no subject: left out of everything the language tools count.

Ours, because no shipped list knows speech. Apostrophes are straight here; text is evened out before it is compared.
"""

from __future__ import annotations

import re

# Fillers of several words, blanked before anything is counted, so that "kind people" stays while "kind of" goes.
FILLERS = re.compile(
    r"\b(?:you know(?: what i mean)?|do you know what i mean|(?:d')?you know what|kind of(?: like)?|sort of(?: like)?|i mean"
    r"|i think|i don't think|i don't know|i dunno|i suppose|i guess|i reckon|i feel like|i bet|i'd say|i would say|to be honest"
    r"|to be fair|at the end of the day|or something|or whatever|and everything|and stuff(?: like that)?|things like that"
    r"|something like that|stuff like that|and that|as well|of course|a lot of|lots of|loads of|a bit of|a couple of"
    r"|more or less|at least|at all|in a way|(?:(?:from|in) )?(?:my|your|our|his|her|their|the|one) (?:own )?point of view|in terms of|in general|for example|for instance|let's say|so to speak|as i said"
    r"|like i said|as i say|like i say|thank you|excuse me|oh my god|oh god|no worries|fair enough|hang on|hold on|go on"
    r"|good morning|good afternoon|good evening|all right|no no|yeah yeah|the thing is|the only thing|the same thing"
    r"|that kind of thing|that sort of thing|what's it called|what do you call it"
    r"|(?:hey|oh|yeah|sorry|cheers|thanks|listen|look) man|(?<=, )man(?= *[.,!?…]| *$))\b",  # somebody is addressed
    re.IGNORECASE,
)

_NOISE = """
y'know y'all um umm uh uhh er erm ermm ah ahh aah oh ooh eh hm hmm hmmm mm mmm mhm huh ha haha ehm uhm ay aye nah nope yeah yeh yep yup
yes no ok okay okey right alright sure exactly absolutely definitely totally basically actually literally honestly obviously
really quite pretty very just like well so anyway maybe perhaps probably possibly apparently actually frankly truly indeed
course please sorry thanks thank hello hi hiya heck bye cheers god gosh blimey wow oops dunno gonna gotta wanna kinda sorta innit cos
cause 'cause coz til till 'em em ya yer owt nowt summat summet bloody flipping alright lovely bless wey tho
salaam salam salaams asalaam assalamu alaikum alaykum السلام عليكم inaudible unclear crosstalk laughter laughs laugh pause unintelligible
"""

_GRAMMAR = """
all a an the this that these those i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his
himself she her hers herself it its itself they them their theirs themselves one ones someone somebody something anyone anybody
anything everyone everybody everything noone nobody nothing none who whom whose which what whatever whoever whichever when
whenever where wherever why how however and or but nor yet so if unless until while whilst whereas because since although
though even than then as at by for from in into of off on onto out over under up upon with within without about above across
after again against along alongside already also always am among amongst another any around away back be became been before
behind being below between beyond both can cannot could did do does doing done down during each either else enough especially
etc ever every few first further had has have having here hence instead is are was were itself last later least less lot
lots main mainly many may maybe might more most mostly much must near nearly need neither never nevertheless next not now
often once only other others otherwise otherwise own per plus rather same second several shall should some sometimes somehow
somewhere soon still such that's there there's therefore third through throughout thus to too toward towards twice
usually via versus vs was way ways whether alone anyhow beside besides due elsewhere except former formerly
latter meanwhile moreover regarding sometime together thru full name namely will won would 'd 'll 'm 're 's 've n't d ll m re s ve t ai ca wo sha don doesn didn isn aren wasn
weren hasn haven hadn couldn shouldn wouldn won't mustn gon na wan ta got gotten get gets getting let lets let's round zero
two three four five six seven eight nine ten eleven twelve twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousands millions thousand million half
dozen couple whole entire sort sorts kind kinds type types bit bits stuff thing things way ways bunch loads load ton tons
good great nice fine bad better best worse worst big bigger biggest small smaller little long short high low large certain different
various particular specific clear clearly certainly simply completely exactly almost hardly barely slightly generally normally
currently recently immediately directly especially particularly relatively extremely incredibly purely partly fully
able likely possible impossible true real actual general usual normal main important interesting similar difficult easy
hard easier harder simple complicated funny weird strange mad crazy huge massive tiny
longer anymore afterwards beforehand earlier later far past o'clock cool mega super extra straight
ago today tomorrow yesterday tonight nowadays day days week weeks month months year years time times moment minute minutes
hour hours while end start beginning middle side part parts point points case cases fact example examples reason reasons idea
ideas question questions answer answers matter matters sense term terms number numbers amount level levels aspect
bottom top front left right side sides inside outside forward onwards anywhere everywhere nowhere altogether otherwise
mr mrs ms miss dr sir madam mate bro bruv love guys folks lads lass lad
january february march april june july august september october november december monday tuesday wednesday thursday friday saturday
sunday
"""

_VERBS = """
know knows knew known knowing think thinks thought thinking mean means meant meaning say says said saying tell tells told telling
go goes went gone going come comes came coming make makes made making take takes took taken taking give gives gave given giving
see sees saw seen seeing look looks looked looking hear heard hearing want wants wanted wanting need needs needed needing
find finds found finding keep keeps kept keeping put puts putting set sets try tries tried trying
use uses used using start starts started starting stop stops stopped stopping happen happens happened happening seem seems seemed
become becomes becoming call calls called calling ask asks asked asking talk talks talked talking 
show shows showed shown showing turn turns turned turning leave leaves left leaving bring brings brought bringing
move moves moved moving run runs ran running sit sits sat sitting stand stands stood standing stay stays stayed staying
remember remembers remembered forget forgot forgotten understand understands understood believe believes believed suppose supposed
guess hope hopes hoped hoping wish like likes liked loved loves hate hates hated live lives lived
watch watched watching wait waits waited waiting
meet meets met add added mention mentioned agree agrees agreed disagree disagreed notice noticed
realise realised realize realized imagine wonder wondered expect expected decide decided depend depends allow allowed allows
begin began begun end ended ends hold holds held pay pays paid send sends sent buy buys bought eat eats ate
sleep slept pick picks picked pull pulled push pushed throw threw thrown carry carried check checked follow
followed opened closed lead led grow grew grown fall fell fallen read reads write wrote written listen listens listened spend spends spent win won die died
kill killed turn sound sounds sounded get bother bothered mind minded fit fits fitted deal dealt
"""


def _words(*lists: str) -> frozenset[str]:
    return frozenset(word for words in lists for word in words.split())


NOISE = _words(_NOISE)
STOP = _words(_NOISE, _GRAMMAR, _VERBS)
"""Never counted, and no phrase runs across them (beside these, adverbs in -ly)."""

_SUBJECTS = """house kind mean sound play love hate living right rights call stand watch run lead fit pay read care mind street
stranger minority majority"""

_EMPTY_THINGS = """talk talks look looks need needs use uses start end move wait deal guess wish mind turn stop try keep find go say
make take think bother sort chance stuff sit bit course yeah"""

NOT_A_THING = (_words(_NOISE, _GRAMMAR, _VERBS) - _words(_SUBJECTS)) | _words(_EMPTY_THINGS)
"""Never counted as a noun or a name; what is noise as a verb may be a thing: "hate", "the watch", "a living"."""

_MEANT_KINDS = "kind mean local public strange"

NOT_A_KIND = _words(_NOISE, _GRAMMAR, _VERBS) - _words(_MEANT_KINDS)
"""Never counted as an adjective."""

WEAK = _words(
    """new old older young younger own feel feels felt feeling speak speaks spoke spoken speaking learn learns learned learnt
    learning teach teaches taught teaching share shares shared sharing join joins joined joining lose loses lost losing build
    builds built building help helps helped helping play plays played playing support supports supported supporting pay pays
    paid paying work works worked working live lives lived change changed"""
) - _words("young work support building teaching change living")
"""Verbs and describing words that say little alone: they may begin a phrase ("speak English") but not end one or stand alone."""

THIN = _words(
    """people person man woman lady gentleman girl boy kid child lad lass bloke fella folk guy adult mum mother mam dad father son
    daughter brother sister cousin uncle aunt auntie nan gran grandma grandad husband wife friend mate baby everybody
    place room door house home table wall window floor chair box bag card coat shoe key paper hand head eye face arm foot mouth
    word name voice joke list page line sentence story wrong past open shut cut cross count quiet angry scared afraid frightened
    shouting shout crying cry laugh smile walk drive sat stood stop night morning afternoon evening summer winter spring
    autumn weekend road street side corner town water interest interested exciting view situation problem issue
    opinion difference experience explain control effect life living"""
)
"""Words too general to name a theme or to hold one together, though they are counted; in a phrase they are welcome ("Muslim women")."""

SHORT = _words("gp tv eu uk ai pe")
"""Words of two letters that are counted all the same."""

LY = _words("assembly elderly friendly unfriendly neighbourly homely butterfly monopoly anomaly neighborly")
"""Words in -ly that are not adverbs of manner (shorter ones are kept anyway)."""

IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "grandchildren": "grandchild", "wives": "wife", "teeth": "tooth",
    "feet": "foot", "knives": "knife", "thieves": "thief", "halves": "half", "shelves": "shelf",
}  # fmt: skip
"""Plurals that no rule finds."""

KEEP_ING = _words(
    """bedding belonging building ceiling clothing cooking crossing cycling drawing dwelling engineering evening feeling
    funding gardening gathering heating housing hearing king landing living meeting morning opening outing painting parking planning
    reading ring sanding setting shopping sing spelling spring string swimming teaching training travelling twinning understanding
    upbringing volunteering walling wedding wellbeing wing writing interesting"""
)
"""Words in -ing that are things, not forms of their verb."""

KEEP_ED = _words("interested mixed scared married retired disabled used hundred")
"""Words in -ed that say something else than their verb."""
