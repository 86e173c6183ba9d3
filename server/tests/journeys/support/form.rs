//! Forms of a page, read the simple way: these pages are ours.

use url::Url;

use super::browser::Page;

/// A form as it would be sent.
#[derive(Debug)]
pub struct Form {
    pub action: Url,
    pub fields: Vec<(String, String)>,
}

/// The form that has a button or radio button with one of these values, that one pressed.
pub fn with_choice(page: &Page, values: &[&str]) -> Option<Form> {
    let forms: Vec<&str> = page.text.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next()).collect();
    let choice = |form: &str, value: &str| {
        tags(form, "button")
            .chain(tags(form, "input"))
            .find(|tag| attribute(tag, "value").as_deref() == Some(value))
            .map(str::to_owned)
    };
    for value in values.iter().filter(|value| !value.is_empty()) {
        for form in &forms {
            let Some(chosen) = choice(form, value) else { continue };
            let mut fields = hidden(form);
            fields.push((attribute(&chosen, "name")?, (*value).to_owned()));
            return Some(Form { action: action(page, form)?, fields });
        }
    }
    None
}

/// The form whose action ends like this, with every field as the page filled it.
pub fn with_action(page: &Page, ending: &str) -> Option<Form> {
    let forms = page.text.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next());
    for form in forms {
        let action = action(page, form)?;
        if action.path().ends_with(ending) {
            return Some(Form { action, fields: filled(form) });
        }
    }
    None
}

impl Form {
    /// Types into a field.
    pub fn set(&mut self, name: &str, value: &str) {
        match self.fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
    }

    /// What a field holds.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub fn pairs(&self) -> Vec<(&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

fn action(page: &Page, form: &str) -> Option<Url> {
    let head = form.split('>').next()?;
    page.url.join(&attribute(head, "action").unwrap_or_default()).ok()
}

fn hidden(form: &str) -> Vec<(String, String)> {
    let fields = tags(form, "input").filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"));
    fields.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))).collect()
}

fn filled(form: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = tags(form, "input")
        .filter(|tag| !matches!(attribute(tag, "type").as_deref(), Some("checkbox" | "radio" | "submit")))
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default())))
        .collect();
    for part in form.split("<select").skip(1) {
        let Some(name) = attribute(part.split('>').next().unwrap_or_default(), "name") else { continue };
        let options = part.split("</select>").next().unwrap_or_default();
        let chosen =
            tags(options, "option").find(|tag| tag.contains(" selected")).or_else(|| tags(options, "option").next());
        fields.push((name, chosen.and_then(|tag| attribute(tag, "value")).unwrap_or_default()));
    }
    for part in form.split("<textarea").skip(1) {
        let (head, rest) = part.split_once('>').unwrap_or_default();
        let text = rest.split("</textarea>").next().unwrap_or_default();
        if let Some(name) = attribute(head, "name") {
            fields.push((name, unescape(text.strip_prefix('\n').unwrap_or(text))));
        }
    }
    fields
}

fn tags<'a>(text: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let open = format!("<{name}");
    text.split_inclusive('>')
        .filter_map(move |piece| piece.rsplit_once(&open).map(|(_, tag)| tag))
        .filter(|tag| tag.starts_with([' ', '>']))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    Some(unescape(rest.split('"').next()?))
}

pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
