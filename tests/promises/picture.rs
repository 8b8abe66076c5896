//! Every pathway can be read as an outline and seen as a drawing, both whole.

use lotse::language::Lang;
use lotse::picture::{Node, in_text, outline, svg};
use lotse::rulebook::Rulebook;

#[test]
fn every_pathway_has_an_outline_and_a_drawing_that_name_every_outcome() {
    let rulebook = Rulebook::embedded().rulebook.expect("the shipped rules are sound");
    let lang = Lang::german();
    for (id, name, pathway) in rulebook.pathways.iter() {
        let outline = outline(&rulebook, &lang, id);
        let text = in_text(&rulebook, &lang, &outline);
        let picture = svg(&outline, "x");
        assert_eq!(outline.outcomes.len(), pathway.outcomes.len());
        assert_eq!(ends(&outline.tree).len(), pathway.outcomes.len(), "{name}: an outcome is missing in the tree");
        for outcome in &outline.outcomes {
            assert!(text.contains(&format!("({}) ", outcome.number)), "{name}: {}", outcome.id);
        }
        // The strictest content policy: no style, no script, nothing from elsewhere.
        for forbidden in ["style=", "<style", "<script", "href"] {
            assert!(!picture.contains(forbidden), "{name}: {forbidden}");
        }
        assert!(picture.contains("<title") && picture.ends_with("</svg>\n"));
        for missing in ["rules.", "label.", "standing."] {
            assert!(
                !text.lines().any(|line| line.trim_start().starts_with(missing)),
                "{name}: a word of the interface is missing"
            );
        }
    }
}

fn ends(node: &Node) -> std::collections::BTreeSet<usize> {
    let own = node.end.iter().filter_map(|end| end.number);
    own.chain(node.branches.iter().flat_map(|branch| ends(&branch.node))).collect()
}
