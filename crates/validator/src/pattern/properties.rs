//! What `\p{…}` may name: the properties that ECMA-262 has (22.2.1, tables 67 to 69), by the names that it gives them. The engine
//! takes more, and is not particular about how they are written.

/// What stands between the braces of the `\p{…}` or `\P{…}` that a text begins with.
pub fn name(text: &str) -> Option<&str> {
    let inside = text.strip_prefix(r"\p{").or_else(|| text.strip_prefix(r"\P{"))?;
    let end = inside.find(['}', '{', '\\', ']', ')'])?;
    inside[end..].starts_with('}').then(|| &inside[..end])
}

/// What is wrong with the name between the braces, and what to write; `None` if it is one.
pub fn unnamed(name: &str, letter: char) -> Option<String> {
    if is_property(name) {
        return None;
    }
    let instead = meant(name, letter).map(|meant| format!("; write `{meant}`")).unwrap_or_default();
    Some(format!("`\\{letter}{{{name}}}` names no property that ECMA-262 has{instead}"))
}

/// The same property in words that the engine knows, as what may stand in a class; `None` if it knows this one.
pub fn for_engine(name: &str, is_negated: bool) -> Option<&'static str> {
    let value = match name.split_once('=') {
        None => name,
        Some(("General_Category" | "gc" | "Script" | "sc" | "Script_Extensions" | "scx", value)) => value,
        Some(_) => return None,
    };
    match (value, is_negated) {
        // What belongs to no script is what is not assigned, or for private use.
        ("Unknown" | "Zzzz", false) => Some(r"\p{Cn}\p{Co}"),
        ("Unknown" | "Zzzz", true) => Some(r"\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}"),
        // Halves of pairs are in no text.
        ("Surrogate" | "Cs", false) => Some(""),
        ("Surrogate" | "Cs", true) => Some(r"\x00-\u{10ffff}"),
        _ => None,
    }
}

fn is_property(name: &str) -> bool {
    match name.split_once('=') {
        None => has(CATEGORIES, name) || has(BINARY, name),
        Some(("General_Category" | "gc", value)) => has(CATEGORIES, value),
        Some(("Script" | "sc" | "Script_Extensions" | "scx", value)) => has(SCRIPTS, value),
        Some(_) => false,
    }
}

/// What somebody may have meant who knows the names of other engines.
fn meant(name: &str, letter: char) -> Option<String> {
    let (name, letter) = match (name.strip_prefix('^'), letter) {
        (Some(name), 'p') => (name, 'P'),
        (Some(name), _) => (name, 'p'),
        (None, letter) => (name, letter),
    };
    let value = name.split_once(['=', ':']).map_or(name, |(_, value)| value);
    let value = value.strip_prefix("Is").or_else(|| value.strip_prefix("is")).unwrap_or(value);
    let general = [CATEGORIES, BINARY].into_iter().find_map(|table| alike(table, value)).map(str::to_owned);
    let found = general.or_else(|| Some(format!("Script={}", alike(SCRIPTS, value)?)))?;
    Some(format!("\\{letter}{{{found}}}"))
}

fn names(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.split(['|', ' '])
}

fn has(table: &'static str, name: &str) -> bool {
    names(table).any(|known| known == name)
}

/// The name that is the same but for case and what joins words.
fn alike(table: &'static str, name: &str) -> Option<&'static str> {
    let bare = |name: &str| -> String {
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    let wanted = bare(name);
    names(table).find(|known| bare(known) == wanted)
}

/// The general categories, each by all its names (table 69).
const CATEGORIES: &str = "\
    Letter L|Cased_Letter LC|Uppercase_Letter Lu|Lowercase_Letter Ll|Titlecase_Letter Lt|Modifier_Letter Lm|\
    Other_Letter Lo|Mark M Combining_Mark|Nonspacing_Mark Mn|Spacing_Mark Mc|Enclosing_Mark Me|Number N|\
    Decimal_Number Nd digit|Letter_Number Nl|Other_Number No|Symbol S|Math_Symbol Sm|Currency_Symbol Sc|\
    Modifier_Symbol Sk|Other_Symbol So|Punctuation P punct|Connector_Punctuation Pc|Dash_Punctuation Pd|\
    Open_Punctuation Ps|Close_Punctuation Pe|Initial_Punctuation Pi|Final_Punctuation Pf|Other_Punctuation Po|\
    Separator Z|Space_Separator Zs|Line_Separator Zl|Paragraph_Separator Zp|Other C|Control Cc cntrl|Format Cf|\
    Surrogate Cs|Private_Use Co|Unassigned Cn";

/// What a character is or is not, each by all its names (table 68).
const BINARY: &str = "\
    ASCII|ASCII_Hex_Digit AHex|Alphabetic Alpha|Any|Assigned|Bidi_Control Bidi_C|Bidi_Mirrored Bidi_M|\
    Case_Ignorable CI|Cased|Changes_When_Casefolded CWCF|Changes_When_Casemapped CWCM|\
    Changes_When_Lowercased CWL|Changes_When_NFKC_Casefolded CWKCF|Changes_When_Titlecased CWT|\
    Changes_When_Uppercased CWU|Dash|Default_Ignorable_Code_Point DI|Deprecated Dep|Diacritic Dia|Emoji|\
    Emoji_Component EComp|Emoji_Modifier EMod|Emoji_Modifier_Base EBase|Emoji_Presentation EPres|\
    Extended_Pictographic ExtPict|Extender Ext|Grapheme_Base Gr_Base|Grapheme_Extend Gr_Ext|Hex_Digit Hex|\
    IDS_Binary_Operator IDSB|IDS_Trinary_Operator IDST|ID_Continue IDC|ID_Start IDS|Ideographic Ideo|\
    Join_Control Join_C|Logical_Order_Exception LOE|Lowercase Lower|Math|Noncharacter_Code_Point NChar|\
    Pattern_Syntax Pat_Syn|Pattern_White_Space Pat_WS|Quotation_Mark QMark|Radical|Regional_Indicator RI|\
    Sentence_Terminal STerm|Soft_Dotted SD|Terminal_Punctuation Term|Unified_Ideograph UIdeo|Uppercase Upper|\
    Variation_Selector VS|White_Space space|XID_Continue XIDC|XID_Start XIDS";

/// The scripts, each by all its names (`PropertyValueAliases.txt` of Unicode 16).
const SCRIPTS: &str = "\
    Adlam Adlm|Ahom|Anatolian_Hieroglyphs Hluw|Arabic Arab|Armenian Armn|Avestan Avst|Balinese Bali|Bamum Bamu|\
    Bassa_Vah Bass|Batak Batk|Bengali Beng|Bhaiksuki Bhks|Bopomofo Bopo|Brahmi Brah|Braille Brai|Buginese Bugi|\
    Buhid Buhd|Canadian_Aboriginal Cans|Carian Cari|Caucasian_Albanian Aghb|Chakma Cakm|Cham|Cherokee Cher|\
    Chorasmian Chrs|Common Zyyy|Coptic Copt Qaac|Cuneiform Xsux|Cypriot Cprt|Cypro_Minoan Cpmn|Cyrillic Cyrl|\
    Deseret Dsrt|Devanagari Deva|Dives_Akuru Diak|Dogra Dogr|Duployan Dupl|Egyptian_Hieroglyphs Egyp|\
    Elbasan Elba|Elymaic Elym|Ethiopic Ethi|Garay Gara|Georgian Geor|Glagolitic Glag|Gothic Goth|Grantha Gran|\
    Greek Grek|Gujarati Gujr|Gunjala_Gondi Gong|Gurmukhi Guru|Gurung_Khema Gukh|Han Hani|Hangul Hang|\
    Hanifi_Rohingya Rohg|Hanunoo Hano|Hatran Hatr|Hebrew Hebr|Hiragana Hira|Imperial_Aramaic Armi|\
    Inherited Qaai Zinh|Inscriptional_Pahlavi Phli|Inscriptional_Parthian Prti|Javanese Java|Kaithi Kthi|\
    Kannada Knda|Katakana Kana|Kawi|Kayah_Li Kali|Kharoshthi Khar|Khitan_Small_Script Kits|Khmer Khmr|\
    Khojki Khoj|Khudawadi Sind|Kirat_Rai Krai|Lao Laoo|Latin Latn|Lepcha Lepc|Limbu Limb|Linear_A Lina|\
    Linear_B Linb|Lisu|Lycian Lyci|Lydian Lydi|Mahajani Mahj|Makasar Maka|Malayalam Mlym|Mandaic Mand|\
    Manichaean Mani|Marchen Marc|Masaram_Gondi Gonm|Medefaidrin Medf|Meetei_Mayek Mtei|Mende_Kikakui Mend|\
    Meroitic_Cursive Merc|Meroitic_Hieroglyphs Mero|Miao Plrd|Modi|Mongolian Mong|Mro Mroo|Multani Mult|\
    Myanmar Mymr|Nabataean Nbat|Nag_Mundari Nagm|Nandinagari Nand|New_Tai_Lue Talu|Newa|Nko Nkoo|Nushu Nshu|\
    Nyiakeng_Puachue_Hmong Hmnp|Ogham Ogam|Ol_Chiki Olck|Ol_Onal Onao|Old_Hungarian Hung|Old_Italic Ital|\
    Old_North_Arabian Narb|Old_Permic Perm|Old_Persian Xpeo|Old_Sogdian Sogo|Old_South_Arabian Sarb|\
    Old_Turkic Orkh|Old_Uyghur Ougr|Oriya Orya|Osage Osge|Osmanya Osma|Pahawh_Hmong Hmng|Palmyrene Palm|\
    Pau_Cin_Hau Pauc|Phags_Pa Phag|Phoenician Phnx|Psalter_Pahlavi Phlp|Rejang Rjng|Runic Runr|Samaritan Samr|\
    Saurashtra Saur|Sharada Shrd|Shavian Shaw|Siddham Sidd|SignWriting Sgnw|Sinhala Sinh|Sogdian Sogd|\
    Sora_Sompeng Sora|Soyombo Soyo|Sundanese Sund|Sunuwar Sunu|Syloti_Nagri Sylo|Syriac Syrc|Tagalog Tglg|\
    Tagbanwa Tagb|Tai_Le Tale|Tai_Tham Lana|Tai_Viet Tavt|Takri Takr|Tamil Taml|Tangsa Tnsa|Tangut Tang|\
    Telugu Telu|Thaana Thaa|Thai|Tibetan Tibt|Tifinagh Tfng|Tirhuta Tirh|Todhri Todr|Toto|Tulu_Tigalari Tutg|\
    Ugaritic Ugar|Unknown Zzzz|Vai Vaii|Vithkuqi Vith|Wancho Wcho|Warang_Citi Wara|Yezidi Yezi|Yi Yiii|\
    Zanabazar_Square Zanb";

#[cfg(test)]
mod tests {
    use super::{BINARY, CATEGORIES, SCRIPTS, names, unnamed};
    use crate::judges_by_pattern;

    #[test]
    fn what_other_engines_call_a_property_is_none() {
        for (name, said) in [
            ("Han", r"; write `\p{Script=Han}`"),
            ("IsGreek", r"; write `\p{Script=Greek}`"),
            ("Script=greek", r"; write `\p{Script=Greek}`"),
            ("l", r"; write `\p{L}`"),
            ("^L", r"; write `\P{L}`"),
            ("lowercase_letter", r"; write `\p{Lowercase_Letter}`"),
            ("InGreek", "has"),
            ("L&", r"; write `\p{L}`"),
            ("Block=Basic_Latin", "has"),
            ("Script", "has"),
            ("", "has"),
            (" L", r"; write `\p{L}`"),
            ("gc=Greek", r"; write `\p{Script=Greek}`"),
        ] {
            let unnamed = unnamed(name, 'p').unwrap_or_default();
            assert!(unnamed.ends_with(said), "{name}: {unnamed}");
        }
    }

    #[test]
    fn every_name_that_ecma_262_has_is_one_and_can_be_matched() {
        let plain = names(CATEGORIES).chain(names(BINARY)).map(str::to_owned);
        let categories = names(CATEGORIES).map(|name| format!("gc={name}"));
        let scripts =
            names(SCRIPTS).flat_map(|name| [format!("sc={name}"), format!("Script_Extensions={name}")]);
        for name in plain.chain(categories).chain(scripts) {
            assert_eq!(unnamed(&name, 'p'), None);
            // The one property that the engine has no table of.
            if ["Changes_When_NFKC_Casefolded", "CWKCF"].contains(&name.as_str()) {
                continue;
            }
            for pattern in
                [format!(r"\p{{{name}}}"), format!(r"[a\P{{{name}}}]"), format!(r"(?=a)[^\p{{{name}}}]")]
            {
                assert!(judges_by_pattern(&pattern).is_some(), "{pattern}");
            }
        }
    }
}
