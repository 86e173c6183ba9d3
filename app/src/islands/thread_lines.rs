//! Lines between the cards of a lit thread, drawn over the board from where the cards stand.

use web_sys::Element;

use super::page::document;

const SVG: &str = "http://www.w3.org/2000/svg";
/// Pixels from a card's upper edge to where its lines begin: the middle of the first line of its title.
const TITLE: f64 = 24.0;

fn lines() -> Option<Element> {
    document().get_element_by_id("thread-lines")
}

/// Takes all lines away.
pub fn clear() {
    if let Some(lines) = lines() {
        lines.set_text_content(None);
    }
}

/// Draws one line, dashed where no source states the link. On a narrow screen the columns stand below each other and
/// there is nothing to draw.
pub fn draw(from: &Element, to: &Element, inferred: bool) {
    let Some(lines) = lines() else { return };
    let (ground, from, to) =
        (lines.get_bounding_client_rect(), from.get_bounding_client_rect(), to.get_bounding_client_rect());
    let (x1, y1) = (from.right() - ground.left(), from.top() - ground.top() + TITLE);
    let (x2, y2) = (to.left() - ground.left(), to.top() - ground.top() + TITLE);
    if x2 <= x1 || to.width() == 0.0 {
        return;
    }
    let bend = (x2 - x1).min(40.0) / 2.0;
    // The bend is in the gap before the farther card, so that a line over a column runs level behind its cards.
    let whole = |number: f64| number.round() as i32;
    let path = format!(
        "M{} {}H{}C{} {} {} {} {} {}",
        whole(x1),
        whole(y1),
        whole(x2 - 2.0 * bend),
        whole(x2 - bend),
        whole(y1),
        whole(x2 - bend),
        whole(y2),
        whole(x2),
        whole(y2)
    );
    let Ok(line) = document().create_element_ns(Some(SVG), "path") else { return };
    let _ = line.set_attribute("d", &path);
    let _ = line.set_attribute("class", if inferred { "thread-line thread-line--inferred" } else { "thread-line" });
    let _ = lines.append_child(&line);
}
