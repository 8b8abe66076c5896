//! Which words of a text weigh: figures, negations, duties, conditions. Where one of them changes, a text says something
//! else, whatever the rest of it does. Rather too careful than once too careless.

/// Words that weigh: each stands for those that begin with it; behind the sign, the form that several share.
const BEGINNINGS: &str = "\
    muss=müssen müss=müssen könnt=könnte kann=können könn=können darf=dürfen dürf=dürfen soll=sollen brauch=brauchen \
    kein zwei drei vier fünf sechs sieben neun zehn zwölf zwanzig hundert tausend halb anderthalb doppel=doppelt \
    beid=beide einmal euro=Euro cent=Cent prozent=Prozent minute=Minuten stunde=Stunden tag=Tage woche=Wochen \
    monat=Monate jahr=Jahre pflicht=Pflicht verpflicht=verpflichtet vorgeschrieb=vorgeschrieben empfohl=empfohlen \
    empfehl=empfohlen verbot=verboten erlaub=erlaubt freiwillig notwendig nötig erforder=erforderlich möglich \
    anspruch=Anspruch recht=Recht frist=Frist jede alle";

/// Words that weigh as they stand.
const WHOLE: &str = "\
    nicht nichts nie niemals niemand nirgends ohne weder außer statt sondern oder nur erst mindestens höchstens \
    spätestens frühestens bis ab vor nach seit innerhalb binnen wenn falls sofern sobald solange immer meist \
    meistens oft selten manchmal acht elf januar februar märz april mai juni juli august september oktober november \
    dezember";

/// Words that begin like a negation and are none.
const NOT_NEGATED: &[&str] = &["und", "uns", "unter", "univers", "union"];

/// What in two texts weighs and is not the same: nothing where only the wording differs.
pub fn weighs(before: &str, after: &str) -> Vec<String> {
    let (old, new) = (weighty(before), weighty(after));
    if old == new {
        return Vec::new();
    }
    let mut rest = new.clone();
    let mut only = Vec::new();
    for word in &old {
        match rest.iter().position(|known| known == word) {
            Some(at) => drop(rest.remove(at)),
            None => only.push(word.clone()),
        }
    }
    only.extend(rest);
    // The same words in another order may say another thing.
    if only.is_empty() { old } else { only }
}

fn weighty(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | '%' | '§' | '€')));
    words.map(|word| word.trim_matches(['.', ',', '/'])).filter_map(weight).collect()
}

/// The word in its common form, if it weighs.
fn weight(word: &str) -> Option<String> {
    if word.chars().any(|c| c.is_numeric() || matches!(c, '%' | '§' | '€')) {
        return Some(word.to_owned());
    }
    let lower = word.to_lowercase();
    if WHOLE.split(' ').any(|word| word == lower) {
        return Some(lower);
    }
    let common = BEGINNINGS.split(' ').map(|word| word.split_once('=').unwrap_or((word, word)));
    if let Some((_, common)) = common.into_iter().find(|(begins, _)| lower.starts_with(begins)) {
        return Some(common.to_owned());
    }
    let negated = lower.len() > 4 && lower.starts_with("un") && !NOT_NEGATED.iter().any(|word| lower.starts_with(word));
    let without =
        ["los", "lose", "losen", "loser", "loses"].iter().any(|ends| lower.ends_with(ends) && lower.len() > 6);
    (negated || without).then_some(lower)
}
