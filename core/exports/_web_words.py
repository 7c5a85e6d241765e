"""What a model's page says, by the names under which its script asks for it; values in braces are filled in there."""

from core.words import mark

WORDS = {
    "answer": mark("The answer"),
    "answer_for": mark("The answer for “{target}”"),
    "chance": mark("The chance of “{answer}” is {chance}: {words}."),
    "certain": mark("nearly certain"),
    "likely": mark("quite likely"),
    "rather": mark("rather likely"),
    "guess": mark("little more than a guess"),
    "between": mark("It lies between {low} and {high} in 90 of 100 cases."),
    "off": mark("On rows it never saw, it was off by {miss} on average."),
    "good": mark("How good it is"),
    "no_reply": mark("It does not know: no answer of its list lies near enough."),
    "nearness": mark("How near it lies to the question, up to 1: {score}"),
    "others": mark("What else lies near"),
    "form": mark("A row to try"),
    "sample": mark("Try a sample row"),
    "row_of": mark("Sample row {row} of {rows}"),
    "more": mark("More columns: {count}"),
    "needed": mark("The columns: {count}"),
    "unknown": mark("not known"),
    "empty": mark("(empty)"),
    "other": mark("Something else …"),
    "other_value": mark("Another value for {column}"),
    "slide": mark("{column}, between its usual values"),
    "usually": mark("Usually from {low} to {high}; empty it if you do not know."),
    "empty_it": mark("Empty it if you do not know."),
    "no_number": mark("This is not a number, so it counts as not known."),
    "proposed": mark("Begin to type, and known values are proposed."),
    "write": mark("Write what you like: the answer follows from the words and parts of words that occur."),
    "date_as": mark("A date written like {form}"),
    "file": mark("Answer a whole file"),
    "columns": mark("A CSV file with the columns of the model. An empty cell and a value never seen before are fine."),
    "choose": mark("Choose a CSV file, or drop it here"),
    "choose_picture": mark("Choose a picture, or drop it here"),
    "choose_pictures": mark("Choose pictures, or a CSV file together with the pictures that it names, or drop them here"),
    "many": mark("Answer many pictures"),
    "choose_many": mark("Choose pictures, or drop them here"),
    "table_too": mark("This model reads more than pictures. Choose the CSV file that names them as well."),
    "no_picture": mark("Choose a picture that can be read, and its answer stands here."),
    "stays": mark("It is read in this browser and sent nowhere."),
    "stop": mark("Stop"),
    "stopped": mark("Stopped. Nothing was kept."),
    "scored": mark("Rows answered: {count}"),
    "download": mark("Download the answers"),
    "lacks": mark("The file lacks these columns: {names}. Add them under the same names; their cells may be empty."),
    "no_rows": mark("The file has no rows. Choose one with a line of names and at least one row below it."),
    "large": mark("The file is larger than 200 MB. Divide it into several files."),
    "unreadable": mark("The file could not be read. Save it as CSV in UTF-8 and try again."),
    "check": mark("Check this page"),
    "check_how": mark(
        "The sample rows that came with the model are answered here and compared with what the app answered."
    ),
    "check_pictures": mark(
        "Browsers open photographs a little unlike the app, so that chances may differ by up to 2 points of 100. Drawings and screenshots are the same."
    ),
    "same": mark("Rows that answered the same: {count}. The largest difference is {difference}."),
    "differs": mark(
        "This browser answers differently, by {difference}. Try another browser, and do not rely on these answers."
    ),
    "opening": mark("Opening the model …"),
    "not_opened": mark(
        "The model could not be opened in this browser. Use a current Chrome, Edge, Firefox or Safari."
    ),
    "alone": mark("Made with Modelyard. This page needs no network: nothing that you enter leaves this device."),
}  # fmt: skip


def spoken() -> dict[str, str]:
    """All of them in the language spoken now."""
    return {name: str(sentence) for name, sentence in WORDS.items()}
