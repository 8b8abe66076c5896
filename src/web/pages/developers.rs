//! For developers of other programs: what may be asked, how, and what is said when something is wrong.

use axum::response::Response;
use serde::Serialize;
use serde_json::{Value, json};
use strum::IntoEnumIterator as _;

use crate::interview::Answers;
use crate::language::Lang;
use crate::rulebook::ValueSet;
use crate::web::api::{Kind, ROOT, begun, complete, operations};
use crate::web::link::address;
use crate::web::manner::{BACK, HEAD, Manner, WITHOUT, WayBack};
use crate::web::visit::Visit;

#[derive(Serialize)]
struct DevelopersPage {
    /// Where the description for programs stands.
    description: String,
    /// How the next question is asked for on a command line.
    command: String,
    /// How the sheet is asked for in a page.
    script: String,
    /// How the wizard is shown within another page.
    frame: String,
    /// What a link can bring along: a wish, a place, a language.
    preset: String,
    /// What leaves head and foot out.
    bare: String,
    /// What leads back to the page of somebody else.
    back: String,
    addresses: Vec<AddressLine>,
    problems: Vec<ProblemLine>,
    licence: &'static str,
}

/// An address and what it is for.
#[derive(Serialize)]
struct AddressLine {
    method: &'static str,
    path: String,
    says: String,
}

/// A kind of problem.
#[derive(Serialize)]
struct ProblemLine {
    id: &'static str,
    status: u16,
    says: String,
}

pub async fn developers(visit: Visit) -> Response {
    let word = |id: String| visit.view.word(&id);
    let origin = visit.site.origin();
    // For the first of the sites that may do so, as it can be copied there.
    let host = visit.site.hosts().first().map(|host| format!("{host}/"));
    let back = host.and_then(|page| WayBack::to(&page, visit.site.hosts()));
    let within = Manner { lang: visit.link.lang.clone(), bare: true, back: back.clone() };
    let page = DevelopersPage {
        description: format!("{ROOT}/openapi.json"),
        command: format!(
            "curl {origin}{ROOT}/next \\\n  -H 'content-type: application/json' \\\n  -d '{}'",
            json!({ "answers": begun(&visit.rulebook) })
        ),
        script: script(&format!("{origin}{ROOT}/sheet"), &complete(&visit.rulebook)),
        frame: frame(
            &format!("{origin}{}", within.on("/fragen")),
            &format!("{origin}/fragen"),
            &word("page.start.title".to_owned()),
            &word("frame.open".to_owned()),
        ),
        preset: format!("{origin}{}", preset(&visit, back)),
        bare: format!("{HEAD}={WITHOUT}"),
        back: format!("{BACK}=https://stadt.example/beratung"),
        addresses: operations()
            .iter()
            .map(|operation| AddressLine {
                method: operation.method.word(),
                path: format!("{ROOT}{}", operation.path),
                says: word(format!("developers.address.{}", operation.id)),
            })
            .collect(),
        problems: Kind::iter()
            .map(|kind| ProblemLine {
                id: kind.anchor(),
                status: kind.status().as_u16(),
                says: word(format!("developers.problem.{}", kind.anchor())),
            })
            .collect(),
        licence: env!("CARGO_PKG_LICENSE"),
    };
    visit.page("developers.html", &visit.view.word("developers.title"), &page)
}

/// The opening of a sheet, in a page of somebody else.
fn script(address: &str, answers: &Value) -> String {
    let answers = answers.as_object().into_iter().flatten();
    let answers: String = answers.map(|(question, options)| format!("    \"{question}\": {options},\n")).collect();
    format!(
        r#"const response = await fetch("{address}", {{
  method: "POST",
  headers: {{ "content-type": "application/json" }},
  body: JSON.stringify({{ answers: {{
{answers}  }} }}),
}});
const sheet = await response.json();
const fault = sheet.errors?.[0];
if (!response.ok) throw new Error([sheet.title, fault?.says, fault?.suggestion].filter(Boolean).join(" · "));

const opening = sheet.blocks.find((block) => block.block === "opening");
for (const line of opening.lines) {{
  const decides = line.decided_by?.text;
  console.log([line.says, line.standing_text, decides, line.certainty_text].filter(Boolean).join(" · "));
}}
console.log(opening.tomorrow.join(" "), sheet.date_text, sheet.version);"#
    )
}

/// The wizard within a page of somebody else, and a link to it on its own. It works without the script, too.
fn frame(within: &str, alone: &str, title: &str, open: &str) -> String {
    let within = within.replace('&', "&amp;");
    format!(
        r#"<iframe id="lotse" src="{within}" title="Lotse: {title}"
  style="width: 100%; height: 45rem; border: 0" allow="clipboard-write; web-share"></iframe>
<p><a href="{alone}" target="_blank" rel="noreferrer">{open}</a></p>
<script>
  const frame = document.getElementById("lotse");
  addEventListener("message", (event) => {{
    const height = event.data?.lotse?.height;
    if (event.source === frame.contentWindow && Number.isFinite(height)) frame.style.height = `${{height}}px`;
  }});
  // The next question begins at its top, not where the last one was left.
  frame.addEventListener("load", () => {{
    if (frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  }});
</script>"#
    )
}

/// An address that says beforehand what somebody wants, where they live and what they read, and leads back.
fn preset(visit: &Visit, back: Option<WayBack>) -> String {
    let rulebook = &visit.rulebook;
    let wish = rulebook.example.zip(rulebook.goals).and_then(|(example, goals)| {
        let wanted = rulebook.cases[example].answers.get(&goals)?;
        Some((goals, *wanted))
    });
    let place = rulebook.local.places.keys().min().map(|(question, place)| (*question, ValueSet::only(*place)));
    let mut answers = Answers::default();
    wish.into_iter().chain(place).for_each(|(question, values)| answers.set(question, values));
    let other = rulebook.offered.iter().map(|(lang, _)| lang).find(|lang| !lang.is_german());
    let lang = other.cloned().unwrap_or_else(Lang::german);
    Manner { lang, bare: true, back }.on(&address(rulebook, "/fragen", &answers, &[]))
}
