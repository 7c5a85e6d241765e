"""The sentences of the layer editor itself, by key; the browser fills their placeholders in."""

from core.words import say


def words() -> dict[str, str]:
    """Every sentence of the editor in the language spoken now, placeholders in braces untouched."""
    return {**_palette(), **_panel(), **_settings(), **_preview(), **_code(), **_canvas()}


def _palette() -> dict[str, str]:
    return {
        "palette_help": say("Press Enter to add it behind the chosen layer, or drag it into the drawing."),
        "palette_tap": say("Tap a layer to add it behind the chosen one."),
        "search_layers": say("Search layers"),
        "search_clear": say("Show all layers"),
        "found_layers": say("{count} layers found"),
        "found_nothing": say(
            "No layer matches “{search}”. Try what it should do, such as “picture” or “bend”."
        ),
        "own_blocks": say("Your blocks"),
        "forget_block": say("Forget the block “{block}”"),
        "add_layer": say("Add a layer"),
    }


def _panel() -> dict[str, str]:
    return {
        "panel": say("About the drawing"),
        "tab_settings": say("Settings"),
        "tab_preview": say("Preview"),
        "tab_network": say("In words"),
        "tab_code": say("Code"),
        "totals": say("The whole network"),
        "network_empty": say(
            "The drawing is empty. Add an input, layers that look for patterns, and an output."
        ),
        "choose_layer": say("Choose a layer to see and change its settings."),
        "in_words": say("What this network does"),
        "one_fault": say("One thing to put right"),
        "many_faults": say("{count} things to put right"),
        "fault": say("To be put right"),
        "fault_of": say("To be put right at {layer}"),
        "waits_for": say("Waits for {layer}, which has to be put right first."),
        "show_layer": say("Show {layer}"),
        "several": say("{count} layers are chosen"),
        "make_block": say("Make a block of these"),
        "make_block_help": say(
            "The layers become one block of your own, which you find among the layers to add."
        ),
        "make_block_ends": say("A block holds neither inputs nor outputs. Leave them out of the choice."),
        "block_title": say("Name of the block"),
        "duplicate": say("Duplicate"),
        "delete": say("Delete"),
        "open_block": say("Open the block"),
        "unknown_kind": say("This version does not know layers of the kind “{kind}”."),
    }


def _settings() -> dict[str, str]:
    return {
        "layer_name": say("Name of the layer"),
        "name_letters": say("A name has letters, digits and underscores, and begins with a letter."),
        "name_taken": say("Another layer is called “{name}”."),
        "measuring": say("Being measured"),
        "weighs_share": say("{weighs} ({share} %)"),
        "no_settings": say("This layer has nothing to set."),
        "more": say("More settings"),
        "more_set": say("More settings, {count} set by hand"),
        "by_data": say("Automatic, follows from the data"),
        "by_proposal": say("As proposed for your data"),
        "by_hand": say("Set by hand"),
        "back_to_automatic": say("Back to automatic"),
        "back_to": say("Back to {value}"),
        "outside_limits": say("Set it to {limits}."),
        "stays": say("It stays {value} until then."),
        "fed_by": say("Fed by"),
        "fed_by_none": say("Nothing yet."),
        "input_up": say("Move {layer} up"),
        "input_down": say("Move {layer} down"),
        "input_unlink": say("Remove the link from {layer}"),
        "link_from": say("Link from another layer…"),
        "about": say("About “{kind}”"),
        "when_to_use": say("When to use it:"),
        "what_changes": say("What changes:"),
    }


def _preview() -> dict[str, str]:
    return {
        "preview_no_rows": say("There are no rows to look at yet. Choose a data set first."),
        "preview_waits": say("Nothing can be seen here until {layer} is put right."),
        "preview_broken": say("Nothing can be seen here until this layer is put right."),
        "preview_warming": say("Getting ready. The first look takes a few seconds."),
        "preview_busy": say("Calculating"),
        "preview_weights": say("Weights of the network"),
        "preview_untrained": say("Untrained"),
        "preview_trained": say("Trained"),
        "row": say("Row"),
        "row_of": say("of {count}"),
        "row_before": say("Row before"),
        "row_after": say("Next row"),
        "row_another": say("Another row"),
        "first_of": say("The first {shown} of {count} numbers."),
        "first_maps": say("The first {shown} of {count} maps."),
        "bars_text": say("{count} numbers from {low} to {high} as bars"),
        "place_value": say("Place {place}: {value}"),
        "cell_value": say("Row {row}, place {column}: {value}"),
        "grid_text": say("{rows} steps of {columns} numbers from {low} to {high} as colours"),
        "grid_axes": say("Steps from top to bottom, numbers from left to right"),
        "map_text": say("Map {map} of {count}"),
        "image_text": say("Image, {width} × {height} points"),
        "scale_text": say("Colours from {low} to {high}"),
        "the_numbers": say("The numbers"),
        "what_comes_out": say("What comes out"),
        "attention": say("Where each step looks"),
        "attention_help": say(
            "Each row is a step; the stronger the colour, the more it reads from that place."
        ),
        "head": say("Head {head}"),
        "head_text": say("Head {head}: {rows} steps reading from {columns} places"),
        "looks_at": say("Step {from} reads {share} from place {to}"),
    }


def _code() -> dict[str, str]:
    return {
        "code": say("The network as a Keras script"),
        "code_help": say("The same network in Python. It follows the drawing and runs as it stands."),
        "code_busy": say("Writing the script"),
        "code_copy": say("Copy"),
        "code_copied": say("Copied"),
        "code_not_copied": say("The browser does not allow copying. The script is marked: press Ctrl+C."),
        "code_download": say("Download .py"),
    }


def _canvas() -> dict[str, str]:
    return {**_tools(), **_links(), **_keys(), **_said()}


def _tools() -> dict[str, str]:
    return {
        "canvas_label": say("The drawing. Arrow keys move between layers, question mark shows all keys."),
        "start_title": say("Draw your own network"),
        "start_help": say(
            "It begins with an Input, which brings your rows in, and ends with an Output, which gives the answer. "
            "What you put between them is up to you."
        ),
        "start_hint": say("Or take layers from the list of layers, or press A to add one by its name."),
        "palette_label": say("Layers to add"),
        "palette_show": say("Show the layers to add"),
        "palette_add": say("Add"),
        "palette_hide": say("Hide the layers to add"),
        "panel_label": say("The chosen layer"),
        "map_label": say("Small map of the drawing"),
        "tools_label": say("Tools of the drawing"),
        "undo": say("Undo"),
        "redo": say("Redo"),
        "arrange": say("Arrange the layers"),
        "fit": say("Show everything"),
        "zoom_in": say("Larger"),
        "zoom_out": say("Smaller"),
        "large": say("Full screen"),
        "shortcuts": say("Keys"),
        "close": say("Close"),
        "status_saved": say("Saved"),
        "status_saving": say("Saving…"),
        "status_away": say("Not saved yet, trying again"),
        "status_refused": say("Not saved"),
        "elsewhere": say(
            "This drawing was also changed in another window. What stood there is kept among its versions."
        ),
        "unreachable": say("The server does not answer."),
        "try_again": say("Try it again in a moment; what you have drawn is kept here."),
        "settings_of": say("Settings of {layer}"),
        "menu_label": say("What can be done with {layer}"),
        "menu_settings": say("Settings"),
        "menu_add": say("Add a layer behind it"),
        "menu_link": say("Link to another layer"),
        "menu_open": say("Open the block"),
        "menu_copy": say("Copy"),
        "menu_duplicate": say("Duplicate"),
        "menu_delete": say("Delete"),
    }


def _links() -> dict[str, str]:
    return {
        "insert_between": say("Insert a layer between {source} and {target}"),
        "remove_link": say("Remove the link from {source} to {target}"),
        "mend_layer": say("{layer}: {mend}"),
        "fit_itself": say("A layer cannot feed itself."),
        "fit_ring": say("This would make a ring: the layers would feed each other."),
    }


def _keys() -> dict[str, str]:
    return {
        "key_move": say("Go to the next layer"),
        "key_settings": say("Open the layer’s settings; Esc leads back"),
        "key_add": say("Add a layer behind the chosen one"),
        "key_link": say("Link the chosen layer: arrows choose, Enter links"),
        "key_delete": say("Delete what is chosen"),
        "key_shift": say("Move what is chosen"),
        "key_copy": say("Copy, cut, paste"),
        "key_duplicate": say("Duplicate"),
        "key_all": say("Choose all layers"),
        "key_undo": say("Undo, redo"),
        "key_box": say("Hold Shift and draw a box to choose several layers"),
        "key_fit": say("Show everything"),
        "key_zoom": say("Larger, smaller"),
        "key_escape": say("Choose nothing, close what is open"),
        "key_help": say("These keys"),
    }


def _said() -> dict[str, str]:
    return {
        "said_added": say("{layer} was added."),
        "said_removed": say("{layer} was deleted."),
        "said_removed_many": say("{count} layers were deleted."),
        "said_copied": say("Layers copied: {count}."),
        "said_pasted": say("Layers pasted: {count}."),
        "said_undone": say("Undone."),
        "said_redone": say("Redone."),
        "said_linked": say("{source} now feeds {target}."),
        "said_unlinked": say("{source} no longer feeds {target}."),
        "said_mended": say("Put right."),
        "said_opened": say("The block {layer} was opened into its layers."),
        "said_wrapped": say("The layers are now the block “{title}”."),
        "said_choose_first": say("Choose a layer first."),
        "said_linking": say(
            "Choose the layer that {layer} should feed: click it, or use the arrow keys and Enter. Escape leaves."
        ),
        "said_link_to": say("Link to {layer}?"),
        "said_link_left": say("No link was drawn."),
        "said_nothing_fits": say("No other layer can take this link."),
    }
