# English wording of the brief.
#
# $a and $b are the two countries as told, $x and $y the two in a sentence's own order. Every
# country comes in its forms: $a ("the Netherlands"), $a-of ("the Netherlands’"), $a-adj ("Dutch").
# Values come formatted; $n and other plain numbers are there to choose a plural by. The first
# letter of a sentence is raised by the program, line breaks and runs of spaces become one space.

## Fixed words

title = { $a } and { $b }
heading-key-figures = Key figures
heading-politics = Political relations
heading-trade = Trade
heading-business = Business and investment
heading-people = People and movement
heading-science = Science
heading-culture = Culture and sport
heading-memory = Shared memory
heading-planned = What is planned
heading-open = Where sources disagree, and what is not known
heading-documents = Related documents
label-sources = Sources and licences
label-vintage = State of
label-licence = Licence
label-data = Data
label-no-data = No data
label-skip = Skip to the text
label-colophon = Composed by bilat from the sources above. Every figure can be followed to its record with “bilat why”.
dateline = The newest of the sources used is of { $date }; every number carries its own date.
dateline-as-of = Told as of { $date }: nothing that is dated later is in it.
source-line = Source: { $sources }
source-and-vintage = { $source } ({ $vintage })

## Quantities

usd-trillion = { $n } trillion dollars
usd-billion = { $n } billion dollars
usd-million = { $n } million dollars
usd-one = { $plural ->
    [one] { $n } dollar
   *[other] { $n } dollars
}
usd-below-one = less than a dollar
axis-usd-billion = billion US dollars
axis-usd-million = million US dollars
axis-usd-thousand = thousand US dollars
kilometres = { $n } km
out-of = { $same } of { $both }
rank-of = { $rank } of { $of }
number-in-words = { $n ->
    [0] none
    [1] one
    [2] two
    [3] three
    [4] four
    [5] five
    [6] six
    [7] seven
    [8] eight
    [9] nine
   *[other] { $digits }
}
count-million = { $n } million
scaled-billion = { $n } billion
scaled-trillion = { $n } trillion
told-unit = { $unit ->
    [USD] { $n } { $plural ->
        [one] dollar
       *[other] dollars
    }
    [EUR] { $n } { $plural ->
        [one] euro
       *[other] euros
    }
    [GBP] { $n } pounds
    [JPY] { $n } yen
    [CNY] { $n } yuan
    [INR] { $n } Indian rupees
    [RUB] { $n } roubles
    [CHF] { $n } Swiss francs
    [AUD] { $n } Australian dollars
    [CAD] { $n } Canadian dollars
    [NZD] { $n } New Zealand dollars
    [percent] { $n } %
    [tonne] { $n } tonnes
   *[other] { $n } { $unit }
}
told-range = { $low } to { $high }
told-hedged = { $hedge ->
    [about] about { $amount }
    [over] more than { $amount }
    [under] less than { $amount }
    [up_to] up to { $amount }
   *[exact] { $amount }
}
told-when = { $form ->
    [day] on { $date }
    [range] from { $date }
    [years] from { $date }
   *[other] in { $date }
}
ordinal = { $number ->
    [1] first
    [2] second
    [3] third
    [4] fourth
    [5] fifth
    [6] sixth
    [7] seventh
    [8] eighth
    [9] ninth
   *[other] { $category ->
        [one] { $n }st
        [two] { $n }nd
        [few] { $n }rd
       *[other] { $n }th
    }
}
period-range = { $from } to { $to }
period-half = the { $half ->
    [1] first
   *[other] second
} half of { $year }
period-quarter = the { $quarter ->
    [1] first
    [2] second
    [3] third
   *[other] fourth
} quarter of { $year }
period-fiscal = fiscal year { $from }/{ $to }

## Lead

lead-neighbours = { $a } and { $b } are neighbours{ $known ->
    [yes] , their capitals { $km } kilometres apart
   *[no] {""}
}.
lead-distance = { $km } kilometres lie between the capitals of { $a } and { $b }.
lead-trade = { $flow ->
    [all-exports] Trade runs almost entirely one way: for { $year } { $x } recorded { $exports } of sales to { $y } and { $imports } of purchases from it.
    [all-imports] Trade runs almost entirely one way: for { $year } { $x } recorded { $imports } of purchases from { $y } and { $exports } of sales to it.
    [exports] Trade runs mostly one way: of the { $turnover } of goods trade that { $x } recorded for { $year }, { $exports } were its own exports.
    [imports] Trade runs mostly one way: of the { $turnover } of goods trade that { $x } recorded for { $year }, { $imports } were purchases from { $y }.
   *[both] { $rank-known ->
        [yes] { $rank ->
            [1] { $y } is { $x-of } largest trading partner, with { $turnover } of goods going back and forth in { $year }.
            [2] { $y } is { $x-of } second-largest trading partner, with { $turnover } of goods going back and forth in { $year }.
            [3] { $y } is { $x-of } third-largest trading partner, with { $turnover } of goods going back and forth in { $year }.
           *[other] Goods worth { $turnover } went back and forth in { $year }, by { $x-of } books, which makes { $y } its { $rank-ordinal }-largest partner of { $of }.
        }
       *[no] Goods worth { $turnover } went back and forth in { $year }, by { $x-of } books.
    }
}

lead-both = The two have had diplomatic relations since { $date }, and each keeps an embassy in the other.
lead-neither = The two have had diplomatic relations since { $date }, but neither has a resident embassy in the other: { $x } looks after { $y } from { $x-city }, { $y } after { $x } from { $y-city }.
lead-one = The two have had diplomatic relations since { $date }; { $x } has { $x-mission } in { $x-city }, while { $y } looks after { $x } from { $y-city }.
lead-visit = { $office } of { $x } visited { $y } { $when }.

## Political relations

relations-since = { $a } and { $b } have had diplomatic relations since { $date }.
relations-differ = The lists of foreign relations date the tie differently: that of { $x } has { $date-x }, that of { $y } has { $date-y }.
relations-unknown = No date on which diplomatic relations were established stands in the lists searched.
relations-told = { $voice } { $a } and { $b } have had diplomatic relations since { $date }.
relations-broken = { $case ->
    [both] Relations were broken off or suspended { $severed } and taken up again { $restored }.
    [severed] Relations were broken off or suspended { $severed }.
   *[restored] Relations were taken up again { $restored }.
}
recognition = { $x } recognised { $y } { $when }.
mission-change = { $opened ->
    [yes] { $x } opened
   *[no] { $x } closed
} its { $typed ->
    [yes] { $type }
   *[no] mission
} in { $placed ->
    [yes] { $city }
   *[no] { $y }
} { $when }.
agreements-named = { $more ->
    [yes] Agreements between the two include { $items }.
   *[no] { $n ->
        [one] One agreement between the two is on record: { $items }.
       *[other] These agreements between the two are on record: { $items }.
    }
}
agreement-item = { $what } ({ $case ->
    [force] in force since { $date }
   *[signed] signed { $when }
})
agreements-dated = { $turn ->
    [next] { $n ->
        [one] Another was signed { $when }.
       *[other] Others were signed { $when }.
    }
   *[first] { $n ->
        [one] An agreement between the two was signed { $when }.
       *[other] Agreements between the two were signed { $when }.
    }
}

## Visits

office-president = { $n ->
    [one] the president
   *[other] presidents
}
office-monarch = { $n ->
    [one] the monarch
   *[other] monarchs
}
office-pope = { $n ->
    [one] the pope
   *[other] popes
}
office-governor-general = { $n ->
    [one] the governor-general
   *[other] governors-general
}
office-prime-minister = { $n ->
    [one] the head of government
   *[other] heads of government
}
office-vice-president = { $n ->
    [one] the vice president
   *[other] vice presidents
}
office-foreign-minister = { $n ->
    [one] the foreign minister
   *[other] foreign ministers
}
office-speaker = { $n ->
    [one] the speaker of parliament
   *[other] speakers of parliament
}
office-deputy-prime-minister = { $n ->
    [one] the deputy head of government
   *[other] deputy heads of government
}
office-crown-prince = { $n ->
    [one] a member of the ruling house
   *[other] members of the ruling house
}
office-deputy-minister = { $n ->
    [one] a deputy minister
   *[other] deputy ministers
}
office-minister = { $n ->
    [one] a minister
   *[other] ministers
}
office-other = { $n ->
    [one] a delegation
   *[other] delegations
}
visits = { $turn ->
    [next] { $office } came { $when }.
   *[first] { $office } of { $x } visited { $y } { $when }.
}
visits-many = { $turn ->
    [next] { $office } came { $n-count } times since { $since }, last { $last }.
   *[first] { $office } of { $x } have visited { $y } { $n-count } times since { $since }, last { $last }.
}
visits-rest = { $n ->
    [one] One other visit from { $x } is on record, { $when }.
   *[other] Another { $n-count } visits from { $x } are on record, { $when }.
}
visits-unclear = { $n ->
    [one] A visit of which it is not told who came was made { $when }.
   *[other] Visits of which it is not told who came were made { $when }.
}

mission-embassy = an embassy
mission-high-commission = a high commission
mission-nunciature = a nunciature
missions-both = { $same ->
    [yes] { $x } has { $x-mission } in { $x-city } and { $y } one in { $y-city } (as of { $as-of }).
   *[no] { $x } has { $x-mission } in { $x-city } and { $y } { $y-mission } in { $y-city } (as of { $as-of }).
}
missions-neither = Neither has a resident embassy in the other: { $x } looks after { $y } from { $x-city }, and { $y } after { $x } from { $y-city } (as of { $as-of }).
missions-one = { $x } has { $x-mission } in { $x-city }, while { $y } looks after { $x } from { $y-city } (as of { $as-of }).
missions-only-resident = { $x } has { $x-mission } in { $x-city }; no embassy of { $y } that covers { $x } is listed (as of { $as-of }).
missions-only-covers = { $x } looks after { $y } from { $x-city }; no embassy of { $y } that covers { $x } is listed (as of { $as-of }).
missions-none = No embassy of either that covers the other is listed (as of { $as-of }).
consulates = { $x } also has { $n ->
    [one] a consulate
   *[other] consulates
} in { $cities }.
consulates-many = { $x } also has consulates in { $count } cities of { $y }, { $cities } among them.

votes-none = The record of roll calls in the UN General Assembly holds no vote on which both took a position.
votes-year = In the UN General Assembly the two voted alike on { $same } of the { $both } roll calls of { $year } on which both took a position.
votes-means = { $relation ->
    [above] At { $percent } % that is more than either shares with all members on average ({ $a } { $mean-a } %, { $b } { $mean-b } %).
    [below] At { $percent } % that is less than either shares with all members on average ({ $a } { $mean-a } %, { $b } { $mean-b } %).
    [near] At { $percent } % that is about what either shares with all members on average ({ $a } { $mean-a } %, { $b } { $mean-b } %).
   *[between] That is { $percent } %, against an average with all members of { $mean-a } % for { $a } and { $mean-b } % for { $b }.
}
votes-span = From { $from } to { $to } they agreed on { $same } of { $both }, or { $percent } %.
votes-issues = Of the issues that the data set marks, they agreed most on { $high } ({ $high-percent } %) and least on { $low } ({ $low-percent } %) in { $from }–{ $to }.
votes-split = The latest roll call with a known subject that set one’s yes against the other’s no is that of { $date } ({ $symbol }): { $x } voted in favour, { $y } against.
issue-me = the Palestinian conflict
issue-nu = nuclear weapons
issue-di = arms control and disarmament
issue-hr = human rights
issue-co = colonialism
issue-ec = economic development

organisations-named = Both belong to { $names }.
organisations-universal = They meet in worldwide organisations only: { $n ->
    [one] one is
   *[other] { $count } are
} common to both.
organisations-counted = Both were full members of { $n ->
    [one] one intergovernmental organisation
   *[other] { $count } intergovernmental organisations
} in { $year }, the last year of the count.
council-permanent = Both hold a permanent seat on the UN Security Council.
council-joint = They sat together on the UN Security Council in { $years }.
council-apart = On the UN Security Council { $a } last had a seat in { $years-a }, { $b } in { $years-b }.

alliance = Treaties that the alliance data list for { $year }, their last year, bind the two, alone or with others, to { $promises }.
lead-alliance = Treaties in force in { $year } bind them to { $promises }.
alliance-defence = defend each other
alliance-offence = join in attack
alliance-neutrality = stay neutral
alliance-nonaggression = refrain from attack
alliance-consultation = consult
investment-treaty = An investment treaty between the two has been in force since { $date }.
investment-treaty-signed = An investment treaty between the two was signed { $date-form ->
    [day] on { $date }
   *[other] in { $date }
} and is not listed as in force.
investment-treaty-ended = Their investment treaty ended { $date-form ->
    [day] on { $date }
   *[other] in { $date }
}.
investment-treaty-known = The register of investment treaties lists one between the two.
trade-agreements = { $n ->
    [one] One trade agreement that binds both is listed, under the name “{ $latest }”{ $year-known ->
        [yes] {" "}({ $year })
       *[no] {""}
    }.
   *[other] { $count } trade agreements that bind both are listed, the latest under the name “{ $latest }”{ $year-known ->
        [yes] {" "}({ $year })
       *[no] {""}
    }.
}

## Trade

trade-latest = { $flow ->
    [all-exports] For { $year } { $x } recorded { $turnover } of goods trade with { $y }, nearly all of it exports: { $exports }, against { $imports } of imports.
    [exports] For { $year } { $x } recorded { $turnover } of goods trade with { $y }, most of it exports: { $exports }, against { $imports } of imports.
    [all-imports] For { $year } { $x } recorded { $turnover } of goods trade with { $y }, nearly all of it imports: { $imports }, against { $exports } of exports.
    [imports] For { $year } { $x } recorded { $turnover } of goods trade with { $y }, most of it imports: { $imports }, against { $exports } of exports.
   *[both] For { $year } { $x } recorded { $turnover } of goods trade with { $y }: { $exports } of exports and { $imports } of imports.
}
trade-change = { $trend ->
    [flat] That is about as much as in { $previous }.
    [multiple] That is { $times } times the { $before } of { $previous }.
    [up] That is { $percent } % more than the { $before } of { $previous }.
   *[down] That is { $percent } % less than the { $before } of { $previous }.
}
trade-books = { $y-of } own books for that year show exports of { $exports } to { $x } and imports of { $imports } from it.
trade-books-one = { $y-of } own books for that year show { $kind } of { $amount } and nothing the other way.
trade-books-none = { $y } reported no trade with { $x } for that year.
trade-one = { $kind ->
    [exports] { $x } last recorded exports to { $y } for { $year }: { $amount }.
   *[imports] { $x } last recorded imports from { $y } for { $year }: { $amount }.
}
trade-ranks = Among { $x-of } { $of-x } trading partners { $y } ranked { $rank-x-ordinal } in { $year }; among { $y-of } { $of-y }, { $x } ranked { $rank-y-ordinal }{ $same-year ->
    [yes] {""}
   *[no] {" "}in { $year-y }
}.
trade-rank = Among { $x-of } { $of-x } trading partners { $y } ranked { $rank-x-ordinal } in { $year }.
trade-peak = { $peak ->
    [now] That is the most in any year since { $since }.
   *[past] The most in any year since { $since } was { $amount }, in { $year }.
}
trade-growth = { $trend ->
    [flat] Over the ten years from { $since } trade has hardly changed in dollars.
    [up] From { $since } it has grown by { $percent } % a year on average.
   *[down] From { $since } it has shrunk by { $percent } % a year on average.
}
trade-compiled = { $x } sold goods worth { $amount } to { $y } in { $year }.
trade-none = No goods trade between the two is recorded in the statistics searched.

## What documents tell

told-who = { $who } ({ $known ->
    [yes] { $day }
   *[no] met on { $day }
})
told-title = “{ $title }”
told-unnamed = a document without a title
told-voice = { $n ->
    [0] {""}
    [one] According to { $who },
   *[other] According to { $n-count } independent documents, the latest { $who },
}
told-subject = { $kind ->
    [trade_turnover] trade between the two{ $goods ->
        [some] {" "}in { $product }
       *[all] {""}
    }
    [exports] { $x-of } exports { $goods ->
        [some] of { $product } to { $y }
       *[all] to { $y }
    }
    [imports] { $y-of } imports { $goods ->
        [some] of { $product } from { $x }
       *[all] from { $x }
    }
    [trade_balance] { $x-of } balance of trade with { $y }
    [fdi_stock] { $x-of } stock of direct investment in { $y }
    [fdi_flow] direct investment from { $x } in { $y }
    [companies] the number of companies with capital from { $x } in { $y }
    [joint_ventures] the number of joint ventures with partners from { $x } in { $y }
    [tourists] the number of travellers from { $x } to { $y }
    [students] the number of students from { $x } in { $y }
    [flights] the number of flights between the two
    [loans] lending from { $x } to { $y }
   *[investment] investment from { $x } in { $y }
}
told-figure = { $voice } { $status ->
    [target] the aim { $ahead ->
        [yes] is
       *[no] was
    } for { $subject } to reach { $amount }{ $dated ->
        [yes] {" "}by { $date }
       *[no] {""}
    }
    [forecast] { $subject } { $ahead ->
        [yes] should come to { $amount }
       *[no] should have come to { $amount }
    }{ $dated ->
        [yes] {" "}{ $when }
       *[no] {""}
    }
    [pledge] { $amount } { $dated ->
        [yes] was pledged { $when }
       *[no] was pledged
    } for { $subject }
   *[actual] { $subject } came to { $amount }{ $dated ->
        [yes] {" "}{ $when }
       *[no] , in a period that is not told
    }
}{ $change }.
told-count = { $voice } { $kind ->
    [companies] { $n ->
        [one] { $amount } company
       *[other] { $amount } companies
    } with capital from { $x } { $dated ->
        [yes] worked in { $y } { $when }
       *[no] { $n ->
            [one] works in { $y }
           *[other] work in { $y }
        }
    }
    [joint_ventures] { $n ->
        [one] { $amount } joint venture
       *[other] { $amount } joint ventures
    } with partners from { $x } { $dated ->
        [yes] worked in { $y } { $when }
       *[no] { $n ->
            [one] works in { $y }
           *[other] work in { $y }
        }
    }
    [tourists] { $n ->
        [one] { $amount } traveller
       *[other] { $amount } travellers
    } from { $x } came to { $y }{ $dated ->
        [yes] {" "}{ $when }
       *[no] , in a period that is not told
    }
    [students] { $n ->
        [one] { $amount } student
       *[other] { $amount } students
    } from { $x } { $dated ->
        [yes] studied in { $y } { $when }
       *[no] { $n ->
            [one] studies in { $y }
           *[other] study in { $y }
        }
    }
   *[flights] { $n ->
        [one] { $amount } flight
       *[other] { $amount } flights
    } between the two { $dated ->
        [yes] were counted { $when }
       *[no] are counted
    }
}{ $change }.
told-change = , { $move ->
    [times] { $hedge ->
        [over] more than { $times ->
            [2] twice
           *[other] { $by } times
        }
        [about] about { $times ->
            [2] twice
           *[other] { $by } times
        }
        [under] less than { $times ->
            [2] twice
           *[other] { $by } times
        }
        [up_to] up to { $times ->
            [2] twice
           *[other] { $by } times
        }
       *[exact] { $times ->
            [2] twice
           *[other] { $by } times
        }
    } { $against ->
        [amount] the { $before } of { $previous }
        [period] as much as { $then }
       *[none] as much as before
    }
    [flat] { $against ->
        [amount] as much as the { $before } of { $previous }
        [period] as much as { $then }
       *[none] as much as before
    }
   *[other] { $hedge ->
        [over] more than { $by }
        [about] about { $by }
        [under] less than { $by }
        [up_to] up to { $by }
       *[exact] { $by }
    } { $move ->
        [up] more
       *[down] less
    } than { $against ->
        [amount] the { $before } of { $previous }
        [period] { $then }
       *[none] before
    }
}
told-growth = { $move ->
    [times] { $times ->
        [2] { $hedge ->
            [over] more than doubled
            [about] about doubled
            [under] nearly doubled
           *[exact] doubled
        }
       *[other] grew { $by } times over
    }
    [flat] did not change
   *[other] { $move ->
        [up] grew by
       *[down] fell by
    } { $hedge ->
        [over] more than { $by }
        [about] about { $by }
        [under] less than { $by }
        [up_to] up to { $by }
       *[exact] { $by }
    }
}{ $against ->
    [period] {" "}against { $previous }
   *[none] {""}
}
told-moved = { $voice } { $subject } { $change }{ $dated ->
    [yes] {" "}{ $when }
   *[no] {""}
}.
told-event = { $kind ->
    [consultations] { $n ->
        [one] Consultations between the ministries were held
       *[other] Consultations between the ministries are told of { $n-count } times
    }
    [commission_session] { $n ->
        [one] The joint commission met
       *[other] The joint commission met { $n-count } times
    }
    [forum] { $n ->
        [one] A forum was held
       *[other] Forums were held { $n-count } times
    }
    [meeting] { $n ->
        [one] A meeting was held
       *[other] Meetings are told of { $n-count } times
    }
    [support] { $side ->
        [known] { $n ->
            [one] { $x } supported a candidacy or bid of { $y }
           *[other] { $x } supported candidacies or bids of { $y } { $n-count } times
        }
       *[unknown] { $n ->
            [one] One supported a candidacy or bid of the other
           *[other] Documents tell of { $n-count } acts of support of one for candidacies or bids of the other
        }
    }
    [culture] { $n ->
        [one] A cultural event was held
       *[other] Documents tell of { $n-count } cultural events
    }
    [sport] { $n ->
        [one] A sport event was held
       *[other] Documents tell of { $n-count } sport events
    }
    [memorial] { $n ->
        [one] A memorial was set up or honoured
       *[other] Documents tell of { $n-count } acts at or for memorials
    }
   *[anniversary] { $n ->
        [one] An anniversary was marked
       *[other] Anniversaries were marked { $n-count } times
    }
}{ $placed ->
    [none] {""}
    [all] {" "}in { $places }
   *[some] , { $placed-n ->
        [one] one of them
       *[other] some of them
    } in { $places }
}{ $dated ->
    [all] { $n ->
        [one] {" "}{ $when }
       *[other] , { $when }
    }
    [some] , { $dated-n ->
        [one] one of them
       *[other] some of them
    } { $when }
   *[none] {""}
}{ $bodies-n ->
    [0] {""}
   *[other] {" "}({ $bodies })
}{ $origins ->
    [0] {""}
    [one] {""}
   *[other] , as { $origins-count } independent documents tell
}.
told-ties = Documents name { $items } between the two.
told-tie = { $kind ->
    [strategic_partnership] a strategic partnership
    [commission] a joint commission
    [friendship_group] a friendship group of parliaments
    [business_club] a business council
   *[sister_city] twinned towns
}{ $dated ->
    [yes] {" "}(since { $since })
   *[no] {""}
}
plan = { $voice } { $kind ->
    [visit] { $visitor ->
        [known] a visit of { $office } of { $x } to { $y }
       *[unknown] a visit
    }
    [embassy_opening] the opening of a mission
    [consultations] consultations between the ministries
    [commission_session] a session of the joint commission
    [agreement] an agreement
    [support] support for a candidacy or bid
    [forum] a forum
    [meeting] a meeting
    [anniversary] the celebration of an anniversary
    [memorial] a memorial
    [culture] a cultural event
    [sport] a sport event
    [diplomatic_relations] the establishment of diplomatic relations
   *[other] a joint event
}{ $placed ->
    [yes] {" "}in { $place }
   *[no] {""}
} { $ahead ->
    [yes] { $dated ->
        [yes] is planned for { $date }
       *[no] is planned, on a date that is not told
    }
   *[no] { $dated ->
        [yes] was planned for { $date }; whether it took place is not told
       *[no] was planned, on a date that was not told
    }
}.
told-book = { $amount } by { $x-of } own books
told-books = For { $year } { $who } puts { $subject } at { $amount }; the statistics have { $books }.
told-relations-differ = { $who } dates diplomatic relations to { $date }, the lists searched to { $listed }.
told-differ = Documents disagree: { $subject } { $when } came to { $amount } according to { $who }, to { $other-amount } according to { $other-who }.
documents-counted = { $n ->
    [one] One report tells of the two
   *[other] { $n-count } reports tell of the two
}{ $copies ->
    [yes] {" "}in { $all-count } documents; copies of one report are listed together
   *[no] {""}
}.
documents-title = { $title }{ $n ->
    [0] {""}
    [one] {" "}(and one copy)
   *[other] {" "}(and { $n-count } copies)
}
gave-figures = { $n ->
    [one] one figure
   *[other] { $n-count } figures
}
gave-events = { $n ->
    [one] one event
   *[other] { $n-count } events
}
gave-ties = { $n ->
    [one] one tie
   *[other] { $n-count } ties
}

## Goods

goods = { $turn ->
    [first] In { $year }, the last year with goods by section, { $section } made up { $percent } % of what { $x } sold to { $y }{ $more ->
        [yes] {" "}and { $second } a further { $second-percent } %
       *[no] {""}
    }.
   *[back] Of what { $x } sold to { $y }{ $same-year ->
        [yes] {""}
       *[no] {" "}in { $year }
    }, { $percent } % were { $section }{ $more ->
        [yes] {" "}and { $second-percent } % { $second }
       *[no] {""}
    }.
}
partner-shares = { $turn ->
    [first] In { $year } { $y } took { $sold } % of all { $x-adj } exports and supplied { $bought } % of imports.
   *[back] { $y } for its part took { $sold } % of all { $x-adj } exports and supplied { $bought } % of imports.
}
partner-share-exports = { $turn ->
    [first] In { $year } { $y } took { $sold } % of all { $x-adj } exports.
   *[back] { $y } for its part took { $sold } % of all { $x-adj } exports.
}
partner-share-imports = { $turn ->
    [first] In { $year } { $y } supplied { $bought } % of all { $x-adj } imports.
   *[back] { $y } for its part supplied { $bought } % of all { $x-adj } imports.
}
goods-sitc0 = food and live animals
goods-sitc1 = beverages and tobacco
goods-sitc2 = raw materials other than fuels
goods-sitc3 = fuels
goods-sitc4 = oils and fats
goods-sitc5 = chemicals
goods-sitc6 = manufactures such as metals, textiles and paper
goods-sitc7 = machinery and vehicles
goods-sitc8 = finished goods such as clothing and instruments
goods-sitc9 = other goods

## Business and investment

investment-stock = At the end of { $year } { $x-of } direct investment in { $y } stood at { $amount }, { $whose ->
    [own] by { $book-of } books
   *[compiled] as UNCTAD compiled it
}.
investment-stock-both = At the end of { $year } { $x-of } direct investment in { $y } stood at { $amount } by { $book-of } books and at { $other-amount } by { $other-of }.
investment-flow = { $sign ->
    [in] In { $year } direct investment of { $amount } went from { $x } to { $y }
   *[out] In { $year } { $x-adj } investors withdrew { $amount } from { $y }, on balance
}, { $whose ->
    [own] by { $book-of } books
   *[compiled] as UNCTAD compiled it
}.
investment-none = No direct investment between the two is on record for 2001–2012, the years that the source covers.

## People and movement

visa-clause = { $rule ->
    [visa-free] { $x-adj } citizens may enter { $y } without a visa{ $stay ->
        [days] {" "}for { $days ->
            [one] one day
           *[other] { $days } days
        }
       *[open] {""}
    }
    [visa-on-arrival] { $x-adj } citizens get a visa for { $y } on arrival{ $stay ->
        [days] {" "}for { $days } days
       *[open] {""}
    }
    [e-visa] { $x-adj } citizens need an e-visa for { $y }
    [eta] { $x-adj } citizens need an electronic travel authorisation for { $y }
    [no-admission] { $x-adj } citizens are not admitted to { $y }
   *[visa-required] { $x-adj } citizens need a visa for { $y }
}
visa-short = { $rule ->
    [visa-free] no visa{ $stay ->
        [days] , { $days } days
       *[open] {""}
    }
    [visa-on-arrival] visa on arrival
    [e-visa] e-visa
    [eta] electronic authorisation
    [no-admission] not admitted
   *[visa-required] visa required
}
visas = { $first }; { $second } (as of { $as-of }).
visas-one = { $first } (as of { $as-of }).
visas-both-free = Neither’s citizens need a visa for the other{ $stay ->
    [days] , for stays of up to { $days } days
   *[open] {""}
} (as of { $as-of }).
visas-both-required = Citizens of each need a visa for the other (as of { $as-of }).
routes = { $n ->
    [one] Direct flights link one pair of airports, { $busiest }
   *[other] Direct flights link { $count } pairs of airports{ $shown ->
        [some] , above all { $busiest }
       *[all] : { $busiest }
    }
}, with { $flights ->
    [one] one flight number
   *[other] { $flights-count } flight numbers
} in all (as of { $as-of }; cargo and lapsed numbers may be among them).
routes-none = No direct scheduled route between the two is in the data (as of { $as-of }).
migrants-both = In { $year }, { $there-count } { $there ->
    [one] person
   *[other] people
} from { $x } lived in { $y }, and { $back-count } from { $y } in { $x }{ $same-year ->
    [yes] {""}
   *[no] {" "}({ $other-year })
}.
migrants-one = In { $year }, { $there-count } { $there ->
    [one] person
   *[other] people
} from { $x } lived in { $y }; none are counted the other way.
migrants-none = No migrants, refugees or remittances between the two are counted in the sources searched.
refugees = In { $year }, { $n-count } { $n ->
    [one] person
   *[other] people
} from { $x } had refugee status in { $y }.
remittances-one = Migrants sent an estimated { $amount } from { $x } to { $y } in { $year }.
remittances-both = Migrants sent an estimated { $amount } from { $x } to { $y } in { $year } and { $back } the other way.

## Science

works = { $span ->
    [many] Researchers of the two countries wrote { $n ->
        [one] one work
       *[other] { $count } works
    } together in { $year }, and { $total-count } since { $since }.
   *[one] Researchers of the two countries wrote { $n ->
        [one] one work
       *[other] { $count } works
    } together in { $year }, the only year on record.
}
works-rank = That makes { $b } the { $rank-a-ordinal } of { $a-of } { $of-a } partners in science, and { $a } the { $rank-b-ordinal } of { $b-of } { $of-b }.
works-none = No scientific work with authors in both countries is on record.

## Culture and sport

language-official = The two share an official language.
language-spoken = A language that both populations speak is shared by at least nine per cent of each.
heritage = { $n ->
    [one] They share a World Heritage site: { $names }.
   *[other] They share { $count } World Heritage sites{ $shown ->
        [some] , among them { $names }
       *[all] : { $names }
    }.
}
towns = { $n ->
    [one] One pair of towns is twinned, { $names }.
   *[other] There are { $count } pairs of twinned towns{ $shown ->
        [some] , { $names } among them
       *[all] : { $names }
    }.
}
football = Their men’s football teams have met { $count } times since { $since }: { $sweep ->
    [a] { $a } won every time.
    [b] { $b } won every time.
    [drawn] every match was drawn.
   *[mixed] { $won ->
        [0] { $a } never won
        [one] { $a } won once
       *[other] { $a } won { $won-count }
    }, { $lost ->
        [0] { $b } never
        [one] { $b } once
       *[other] { $b } { $lost-count }
    }{ $drawn ->
        [0] {""}
        [one] , and one was drawn
       *[other] , and { $drawn-count } were drawn
    }.
}
football-last = In their latest match{ $date-form ->
    [day] , on { $date }
   *[other] , in { $date }
} in { $city }, { $result ->
    [won] { $team-a } beat { $team-b } { $score }
    [lost] { $team-b } beat { $team-a } { $score }
   *[drawn] { $team-a } and { $team-b } drew { $score }
}{ $tournament-kind ->
    [friendly] {" "}in a friendly
   *[other] {" "}({ $tournament })
}.
football-only = Their men’s football teams have met once: { $date-form ->
    [day] on { $date }
   *[other] in { $date }
} in { $city }, { $result ->
    [won] { $team-a } beat { $team-b } { $score }
    [lost] { $team-b } beat { $team-a } { $score }
   *[drawn] { $team-a } and { $team-b } drew { $score }
}{ $tournament-kind ->
    [friendly] {" "}in a friendly
   *[other] {" "}({ $tournament })
}.
culture-none = Neither a shared language, heritage site or twinning nor a football match between the two is on record.

## Shared memory

common-state = Both were part of { $state } until { $until }.
colony = One of the two was a colony of the other.
colony-directed = { $y } was a colony of { $x }.
same-country = The two were once, or for a long time, one country.
common-coloniser = Both were colonies of the same power after 1945.
memory-none = No common state and no colonial tie between the two is on record.

## What is planned

treaty-pending = { $treaty }, signed { $date-form ->
    [day] on { $date }
   *[other] in { $date }
}, is not listed as in force yet.
council-term = { $when ->
    [ahead] { $x } will sit on the UN Security Council in { $from }–{ $to }.
   *[now] { $x } sits on the UN Security Council until the end of { $to }.
}
anniversary = { $date-form ->
    [day] On { $date }
   *[other] In { $date }
} diplomatic relations will be { $years } years old.
planned-none = The sources in use list no visits, summits or other meetings to come.

## Open

mirror = { $size ->
    [estimated] For { $year } { $y-of } imports from { $x } ({ $bought }) exceed { $x-of } recorded exports ({ $sold }) by exactly the margin that the publisher uses to fill gaps: one of the two was probably estimated from the other and confirms nothing.
    [huge] The two books do not match: for { $year } { $x } recorded { $sold } of exports to { $y } (FOB), { $y } { $bought } of imports from { $x } (CIF), which is { $times } times { $side ->
        [buyer] as much
       *[seller] less
    }.
   *[notable] For { $year } { $x } recorded { $sold } of exports to { $y } (FOB), { $y } { $bought } of imports from { $x } (CIF): { $percent } % { $side ->
        [buyer] more, where freight and insurance explain up to about 10 %
       *[seller] less, where freight and insurance would make it more
    }.
}
sources-differ = For { $x-adj } exports to { $y } in { $year }, { $source } has { $compiled }, { $x-of } own books { $own }.
unreported = { $shown ->
    [all] { $x } reported no trade with { $y } in any of the { $total } years from { $from } to { $to }.
    [yes] { $x } reported no trade with { $y } for { $n-count } of the { $total } years from { $from } to { $to }: { $years }.
   *[no] { $x } reported no trade with { $y } for { $n-count } of the { $total } years from { $from } to { $to }.
}
trade-age = The newest trade figures here are those of { $year }.
not-covered = { $known ->
    [documents] Visits, contracts and projects are known here only as far as the documents listed below tell of them.
    [some] Speeches, contracts and projects are not in the sources, and visits only where an encyclopaedia article tells of them; they come in with documents.
   *[none] Visits, speeches, contracts and projects are not in the statistics; they come in with documents.
}

## Tables and charts

table-key-title = Latest values
table-trade-title = Goods trade by year, million US dollars
table-visits-title = Visits on record, the latest first
table-documents-title = Documents on the two, the newest first
column-visit = Visit
column-document = Document
column-publisher = Publisher
column-published = Published
column-gave = What it tells
column-what = What
column-value = Value
column-when = When
column-year = Year
column-goods = Goods
column-votes = Alike / common
column-place = Place
column-exporter-books = { $x } to { $y }, by { $x-of } books (FOB)
column-importer-books = { $x } to { $y }, by { $y-of } books (CIF)
key-relations = Diplomatic relations since
key-distance = Distance between the capitals
key-exports = Goods from { $x } to { $y }, by { $x-of } books (FOB)
key-imports = Goods from { $x } to { $y }, by { $y-of } books (CIF)
key-rank = { $y } among { $x-of } trading partners
key-investment = Direct investment from { $x } in { $y }
key-votes = Votes alike in the UN General Assembly
key-migrants = People from { $x } living in { $y }
key-refugees = Refugees from { $x } in { $y }
key-works = Scientific works written together
key-visa = { $x-adj } citizens in { $y }
key-routes = Pairs of airports with direct flights
place-capital = capital of { $x }
place-mission = mission of { $x } to { $y }
place-mission-from = mission of { $x } that covers { $y }
event-relations = Diplomatic relations established
event-alliance = Alliance recorded from this year
event-first-match = First football international
event-act = { $kind ->
    [visit] { $office } of { $x } in { $y }
    [severed] Relations broken off
    [restored] Relations taken up again
    [recognition] { $x } recognises { $y }
    [opened] { $x } opens a mission in { $placed ->
        [yes] { $place }
       *[no] { $y }
    }
    [closed] { $x } closes a mission in { $placed ->
        [yes] { $place }
       *[no] { $y }
    }
   *[other] { $what }
}

chart-books-of = { $x-of } books
chart-direction = { $x } to { $y }
chart-turnover-title = { $trend ->
    [multiplied] Trade has multiplied since { $since }
    [doubled] Trade has about doubled since { $since }
    [grown] Trade has grown since { $since }
    [steady] Trade is where it was in { $since }
    [fallen] Trade has fallen since { $since }
    [halved] Trade has less than halved since { $since }
   *[plain] Trade since { $since }
}
chart-turnover-subtitle = Goods trade, exports and imports together, by either side’s books, { $unit }, { $from }–{ $to }
chart-turnover-alt = Line chart. { $title }. Exports and imports together in { $unit } by year from { $from } to { $to }, a line for each side’s books; the values stand in the table.
chart-goods-title = { $section } led { $x-of } sales to { $y } in { $year }
chart-goods-plain = Goods by section, { $year }
chart-goods-subtitle = Goods by SITC section in both directions, { $unit }, { $year }
chart-goods-alt = Bar chart in two directions. { $title }. Goods by SITC section in { $unit } for { $year }; the values stand in the table.
chart-agreement-own = Both alike
chart-agreement-mean = { $x } with all members
chart-agreement-title = { $trend ->
    [closer] Votes in the UN have come closer
    [apart] Votes in the UN have drifted apart
    [steady] Votes in the UN agree as often as they did
   *[plain] How often votes in the UN agree
}
chart-agreement-subtitle = Same vote in the General Assembly, per cent of the roll calls on which both took a position, { $from }–{ $to }
chart-agreement-alt = Line chart. { $title }. Per cent of roll calls with the same vote by year from { $from } to { $to }, for the two countries and for each with all members; the values stand in the table.
chart-map-title = { $known ->
    [yes] { $from } and { $to } are { $km } apart
   *[no] { $from } and { $to }
}
chart-map-subtitle = Capitals, missions, and the shortest way between the capitals
chart-map-alt = Map of the two countries with their capitals { $from } and { $to }, the missions that cover the other country, and the great-circle line between the capitals.
chart-timeline-title = Dates between the two
chart-timeline-subtitle = Events and treaties with a known date
chart-timeline-alt = Timeline with { $n ->
    [one] one date
   *[other] { $n } dates
}; they stand in the table.

## Organisations

organisation-eu = the European Union
organisation-nato = NATO
organisation-euro = the euro area
organisation-eaeu = the Eurasian Economic Union
organisation-csto = the Collective Security Treaty Organization
organisation-cis = the Commonwealth of Independent States
organisation-sco = the Shanghai Cooperation Organisation
organisation-brics = BRICS
organisation-g7 = the G7
organisation-g20 = the G20
organisation-oecd = the OECD
organisation-opec = OPEC
organisation-asean = ASEAN
organisation-gcc = the Gulf Cooperation Council
organisation-arab-league = the Arab League
organisation-au = the African Union
organisation-ecowas = ECOWAS
organisation-sadc = the Southern African Development Community
organisation-eac = the East African Community
organisation-comesa = COMESA
organisation-mercosur = Mercosur
organisation-andean = the Andean Community
organisation-caricom = CARICOM
organisation-oas = the Organization of American States
organisation-saarc = SAARC
organisation-pif = the Pacific Islands Forum
organisation-schengen = the Schengen area
organisation-efta = EFTA
organisation-council-of-europe = the Council of Europe
organisation-oic = the Organisation of Islamic Cooperation
organisation-commonwealth = the Commonwealth
organisation-francophonie = the Francophonie
organisation-cplp = the Community of Portuguese Language Countries
organisation-osce = the OSCE
organisation-apec = APEC
organisation-adb = the Asian Development Bank
organisation-bsec = the Black Sea Economic Cooperation
organisation-eco = the Economic Cooperation Organization
organisation-cica = the Conference on Interaction and Confidence-Building Measures in Asia
organisation-ebrd = the European Bank for Reconstruction and Development
organisation-nam = the Non-Aligned Movement
organisation-g77 = the Group of 77
organisation-wto = the World Trade Organization
organisation-iaea = the IAEA
