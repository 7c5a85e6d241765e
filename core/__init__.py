"""The engine, without any user interface. Rooms in order; a room looks only at rooms above it,
and rooms on one line belong together.

    errors words        what can go wrong that a user can put right; sentences that can be translated
    locale/             translated sentences, and how they are collected
    home                the workspace on disk, and how files in it are written
    asked               a process of our own that is asked again and again
    devices/            what can be trained on
    rates               how often somebody may ask within a while
    gauges              how much of this machine is in use
    fields shelf        one knob; a folder read as a catalogue
    pieces              a text becomes words and runs of letters, each known by a number
    tokens              a text becomes tokens in their order, each known by a number
    recipes             carries out column recipes with NumPy alone; every Python export carries a copy
    inquiry             what another program may ask a model, and what is refused; web services of exports carry a copy
    windows             series become windows and outputs forecasts with NumPy alone; exports of forecasts carry a copy
    ranking             the answers of a list are ranked by how near each lies to a question; exports of such models carry a copy
    recommending        items are recommended to persons by what each had; exports of such models carry a copy
    generate            writes on from a network that knows what comes next, with NumPy alone
    beam                the likeliest sequences of tokens are searched for, with NumPy alone
    rewrite             a text becomes another text: its codes, the search, placeholders kept, with NumPy alone
    pixels pictures     a picture becomes what a network reads, and is taken along by exports; pictures in an archive
    readers/ reading    shelf: a file becomes a table of text
    languages           in which language texts are written
    tokenizers/         shelf: ways to cut texts into tokens, trained on a column's texts
    backbones/          shelf: networks that have seen a million pictures, as plain data
    pretrained/         weights that were learned elsewhere: found, fetched and read
    columns/            shelf: kinds of column, their guesses and their recipes
    tasks/              shelf: kinds of question
    layers/             shelf: kinds of layer, as data
    graph/              layers wired together, checked and measured without TensorFlow
    blocks              users' own blocks, kept for all their projects
    templates/          shelf: ready-made graphs
    speed               how fast this machine trains, measured once, and what follows for a network
    script architecture the drawing as a Keras script; drawings that come from files
    goal                what the user wants to know
    time_order          whether a table's rows follow a column of times
    profile checks/     a table becomes facts; shelf: one worry each
    thumbnails          small copies of a few pictures, for the pages
    variants            pictures changed at random as a drawing's layers do, for the pages
    datasets samples    data sets known by the hash of their content; samples that come with the app
    roles               which columns say who did what, and when
    suggest             the task that follows from a target, and its inputs
    compact             numbers in bins, kept by one number each
    split encoding      which rows are kept apart; recipes carried out for many rows at once
    series/             rows ordered by time become series, and windows from which the next values are learned
    replies/            pairs of questions and answers become what two towers learn from: points of both in one space
    tastes/             who did what becomes what a network learns tastes from
    rewriting/          pairs of texts become codes, from which one text is learned to be turned into another
    writing/            texts become one long stream, from which the next character is learned
    prepare             a table and a goal become recipes, fitted on training rows only, and arrays
    sources/            shelf: ways to bring a table from elsewhere
    server_files        files that lie on the server already, in folders that are open to its users
    giveaway            inputs that may have been told the answer
    spec                what a run is asked to do
    projects            what was chosen so far for one question
    drawings/           its drawings by name, with versions
    baselines/          shelf: simple answers that a network has to beat
    charts/             plain results become Plotly figures
    runs/               one folder for each run, the queue, the states
    sample_row          the rows that a run keeps to be tried with, as a request to its model says them
    before/             what a run will cost; shelf: what can speak against its start
    signs/              shelf: what the curves of a training say in plain words, and what would help
    answer unread       one row or many become answers, without TensorFlow; what could not be made out in them
    explainers/         shelf: ways to ask why
    suggesting          items for one person with reasons, items like one item, and items for somebody new
    served              rows of values become answers as a web service gives them
    answering           the helper process that keeps models open for the pages
    results/            how good a model is on rows it never saw
    exports/ proof      shelf: ways to take a model away, and the proof that it answers the same
    foreign opening     files from elsewhere are looked at; a run that was taken away as one file opens again
    endpoints           addresses at which other programs may ask a model, and their keys
    shares/             pages about a model that somebody shares: made, found, withdrawn
    notices/            telling somebody outside that a training has ended
    launchers/          shelf: where a run executes
    supervisor/         owns the queue, starts workers on their devices, notices the dead
    worker/             the process that trains
    terminal/           shelf: the same engine from a terminal
"""
