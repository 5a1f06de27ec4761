# English wording around the findings of a check.
#
# What a finding says comes with it; here are the words between. Numbers come formatted, and once
# more as plain numbers ($n-…) to choose a plural by.

## How a finding is headed

severity-error = error
severity-warning = warning
outcome-confirmed = confirmed
outcome-inconsistent = inconsistent
outcome-contradicted = contradicted
outcome-stale = stale
outcome-unsupported = not checked
outcome-derived = derived
outcome-not_comparable = not comparable

## Below a finding

note = note
help = help
beside = { $source }: { $says }
beside-dated = { $source } ({ $date }): { $says }
beside-why = its record: bilat why { $id }

## What was read and found

count-errors = { $n ->
    [0] no errors
    [one] 1 error
   *[other] { $digits } errors
}
count-warnings = { $n ->
    [0] no warnings
    [one] 1 warning
   *[other] { $digits } warnings
}
count-confirmed = { $n ->
    [0] no figure confirmed
    [one] 1 figure confirmed
   *[other] { $digits } figures confirmed
}
count-open = { $n ->
    [one] 1 could not be compared
   *[other] { $digits } could not be compared
}
count-figures = { $n ->
    [0] no figures
    [one] 1 figure
   *[other] { $digits } figures
}
count-events = { $n ->
    [0] no events
    [one] 1 event
   *[other] { $digits } events
}
count-ties = { $n ->
    [0] no ties
    [one] 1 tie
   *[other] { $digits } ties
}
count-files = { $n ->
    [one] 1 file
   *[other] { $digits } files
}
summary = { $name }: { $found }; { $read } read
summary-pairs = { $name }: { $found }; { $read } read about { $pairs }
summary-all = { $files }: { $found }

## What a language model proposed

proposed = { $pair }: { $model } proposed { $items }: { $parts }
proposed-unanswered = { $pair }: no proposals of { $model }, what the rules read stands alone: { $why }
count-proposals = { $n ->
    [0] nothing
    [one] 1 item
   *[other] { $digits } items
}
count-new = { $digits } new
count-known = { $digits } that the rules read too
count-refused = { $digits } refused
count-unread = { $n ->
    [one] 1 answer that cannot be read
   *[other] { $digits } answers that cannot be read
}

## The page and the Markdown

page-title = Findings: { $title }
page-findings = Findings
page-skip = Skip to the text
page-published = Published { $date }.
page-nothing = Nothing to say: no figure in it could be held against another.
page-colophon = Checked by bilat. The text is { $bytes } bytes, SHA-256 { $sha256 }.
place = line { $line }, column { $column }
place-line = line { $line }
arithmetic = Arithmetic

## Ratings of a claim

rating-confirmed = Confirmed
rating-stale = Out of date
rating-disputed = Disputed
rating-inconsistent = Contradicts itself
rating-contradicted = Contradicted by another source

## What was read, and by which rules

trace-rules = by { $rules }
trace-refused = refused, { $item }: { $why }
trace-unread = refused, an answer: { $why }
