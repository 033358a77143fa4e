//! Words that tell what befell people, and of whom they are told.

use super::super::table::Table;

/// Participles: of the dead `d`, the injured `i`, the missing `m`, the arrested `a`, the evacuated `e`.
pub(super) static PARTICIPLES: Table<64> = Table::new(
    "killed=d dead=d slain=d murdered=d massacred=d executed=d drowned=d electrocuted=d crushed=d beheaded=d assassinated=d \
     injured=i wounded=i hurt=i maimed=i missing=m unaccounted=m arrested=a detained=a evacuated=e rescued=e \
     airlifted=e",
);

/// Verbs whose object is counted, as headlines have them behind a plural: "Floods kill 12".
pub(super) static PRESENT: Table<16> =
    Table::new("kill=d murder=d massacre=d execute=d injure=i wound=i arrest=a detain=a evacuate=e rescue=e");

/// What people do by themselves.
pub(super) static INTRANSITIVE: Table<16> =
    Table::new("died=d die=d perished=d perish=d drowned=d drown=d suffocated=d succumbed=d");

/// Verbs whose object is counted.
pub(super) static TRANSITIVE: Table<64> = Table::new(
    "killed=d kills=d killing=d murdered=d murdering=d massacred=d massacring=d executed=d executing=d slew=d \
     injured=i injures=i injuring=i wounded=i wounds=i wounding=i maiming=i hurting=i \
     arrested=a arrests=a arresting=a detained=a detains=a detaining=a evacuated=e evacuates=e evacuating=e \
     rescued=e rescues=e rescuing=e airlifted=e airlifts=e airlifting=e",
);

/// Words that stand between people and what befell them.
pub(super) static BETWEEN: Table<128> = Table::new(
    "were was are is been be being have has had who which that also all later reportedly allegedly confirmed reported feared \
     presumed believed thought declared pronounced found officially already now still so far on board aboard instantly shot burned burnt \
     trampled stabbed beaten blown hacked listed counted remain remained remains seriously severely badly critically gravely \
     slightly lightly fatally mortally both each themselves alone least at known said to have or more lay lying left",
);
/// What was done to them by which they came to it, often with "and": "were shot and killed".
pub(super) static WAYS: Table<32> = Table::new(
    "shot stabbed beaten burned burnt trampled blown hacked hit struck tortured kidnapped abducted raped robbed ambushed ejected",
);
/// Those of them after which a participle is passive.
pub(super) static PASSIVE: Table<32> = Table::new(
    "were was are is been be being confirmed reported feared presumed believed thought declared pronounced found shot remain remained \
     remains listed counted left lay lying",
);
/// What may follow "12 soldiers killed" where the soldiers are the dead.
pub(super) static AFTER_SHORT: Table<128> = Table::new(
    "in by when after as on at during and near while since so this last over across amid inside outside along from with \
     within for according there here off early late earlier today yesterday overnight tonight monday tuesday wednesday \
     thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun",
);

/// Nouns of what can be killed without being anybody, or hurt without being wounded.
pub(super) static NOBODY: Table<256> = Table::new(
    "bill job project plan proposal measure law program programme idea deal engine goal company firm business bank store shop \
     farm school industry sector economy market brand sale tree plant crop cow bird dog cat horse fish bee sheep pig chicken animal \
     elephant whale seal deer duck bat turtle dolphin lion tiger wolf bear goat rhino cell bacterium mosquito insect \
     virus germ battery phone light career hope dream vehicle car ship boat plane tank drone missile building house home bridge \
     document file page item percent image vote ballot dollar euro pound country state city town village district province nation \
     region area year month week day hour minute time case bus train truck lorry helicopter contract order trade airline retailer \
     novel film song gun rifle weapon pistol",
);

/// Nouns of people, for what befalls things too.
pub(super) static PEOPLE: Table<256> = Table::new(
    "person people civilian resident soldier troop child woman man boy girl student worker miner passenger protester officer \
     migrant refugee patient prisoner hostage journalist fighter militant villager firefighter member tourist pilgrim adult teenager \
     baby infant pupil guest family household inhabitant employee sailor fisherman climber hiker other victim survivor crew pensioner \
     citizen national local demonstrator activist suspect schoolchild schoolgirl schoolboy evacuee holidaymaker camper visitor prisoner \
     inmate rescuer policeman paramedic medic doctor nurse teacher athlete fan spectator driver pilot swimmer skier \
     rebel insurgent attacker terrorist gunman jihadi guard bodyguard commander general colonel sergeant marine policewoman \
     serviceman fireman paratrooper peacekeeper conscript recruit settler farmer trader shopkeeper motorist cyclist \
     pedestrian biker bystander worshipper mourner toddler grandchild brother sister son daughter sibling relative \
     colleague friend cousin nephew niece parent mother father aide client customer neighbour neighbor companion guide contractor engineer labourer laborer builder cleaner \
     nun priest monk cadet gendarme constable deputy agent ranger",
);

/// Words that end a phrase between people and their verb, or say that it is none.
pub(super) static NOT_IN_PHRASES: Table<256> = Table::new(
    "were was are is been be being have has had who which that and or but said say says told tell tells he she they it we i you \
     when while as died die perished perish drown suffocated what where if because after before later also not never could might may \
     would should will can to left made took found lost got went came saw fear fears confirm report reports warn hope heard know knew \
     think believe claim claims insist deny suspect want wants",
);
