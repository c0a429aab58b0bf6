//! Whether one type keeps of a value all that another type keeps of it: a struct that ignores what it does not declare
//! loses what another declares.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Beside, Form, Object, Property, Rest, Subschema};
use super::leaves::resolved;

/// Two forms, by their addresses: whether the first keeps what the second does.
type Pair = (*const Form, *const Form);

/// Compares what the types of these definitions keep.
pub struct Comparison<'a> {
    definitions: &'a [Definition],
    /// Whether only what is declared has to be kept: what may be anything does not.
    only_declared: bool,
    /// The definition of each form that is one's.
    owners: HashMap<*const Form, DefinitionId>,
    /// Pairs of which it is known that nothing is lacking in them, and in all that they lead to.
    holding: HashSet<Pair>,
    /// Pairs of which it is known that something is lacking.
    failing: HashSet<Pair>,
    /// The objects that are taken to keep what they do not declare.
    open: BTreeSet<DefinitionId>,
}

static ANY: Form = Form::Any;

impl<'a> Comparison<'a> {
    /// For values that must be kept as they are.
    pub fn new(definitions: &'a [Definition]) -> Self {
        let owners = definitions.iter().map(|one| (std::ptr::from_ref(&one.form), one.id)).collect();
        Self {
            definitions,
            only_declared: false,
            owners,
            holding: HashSet::new(),
            failing: HashSet::new(),
            open: BTreeSet::new(),
        }
    }

    /// For values of which that must be kept which schemas declare.
    pub fn declared(definitions: &'a [Definition]) -> Self {
        Self { only_declared: true, ..Self::new(definitions) }
    }

    /// Whether a type of the first form keeps all that one of the second does of a value of both.
    pub fn keeps<'f>(&mut self, a: &'f Form, b: &'f Form) -> bool
    where
        'a: 'f,
    {
        let mut seen = HashSet::new();
        let holds = self.walk((a, b), &mut seen, None);
        if holds {
            self.holding.extend(seen);
        } else {
            self.failing.insert(pair(self.resolved(a), self.resolved(b)));
        }
        holds
    }

    /// Opens the objects of the first form that lack what one of the second keeps, so that it is kept.
    pub fn open<'f>(&mut self, a: &'f Form, b: &'f Form)
    where
        'a: 'f,
    {
        let (mut seen, mut opened) = (HashSet::new(), BTreeSet::new());
        self.walk((a, b), &mut seen, Some(&mut opened));
        self.holding.extend(seen);
        self.open.extend(opened);
    }

    /// The objects that were opened.
    pub fn into_open(self) -> BTreeSet<DefinitionId> {
        self.open
    }

    /// What a form stands for, through references.
    pub fn resolved<'f>(&self, form: &'f Form) -> &'f Form
    where
        'a: 'f,
    {
        resolved(self.definitions, form)
    }

    /// Goes through all pairs that the first leads to, each once; whether nothing is lacking in any. Where there is
    /// something to put objects into that lack something, it goes on behind them.
    fn walk<'f>(
        &self,
        first: (&'f Form, &'f Form),
        seen: &mut HashSet<Pair>,
        mut lacking: Option<&mut BTreeSet<DefinitionId>>,
    ) -> bool
    where
        'a: 'f,
    {
        let mut work = vec![first];
        while let Some((a, b)) = work.pop() {
            let (a, b) = (self.resolved(a), self.resolved(b));
            let both = pair(a, b);
            if std::ptr::eq(a, b) || self.holding.contains(&both) || !seen.insert(both) {
                continue;
            }
            let is_known_to_fail = lacking.is_none() && self.failing.contains(&both);
            if is_known_to_fail || !self.step(a, b, &mut work) {
                let Some(lacking) = &mut lacking else { return false };
                lacking.extend(self.owners.get(&std::ptr::from_ref(a)));
            }
        }
        true
    }

    /// Adds the pairs that have to hold for this one to hold; `false` if an object lacks something itself.
    fn step<'f>(&self, a: &'f Form, b: &'f Form, work: &mut Vec<(&'f Form, &'f Form)>) -> bool
    where
        'a: 'f,
    {
        match (a, b) {
            (Form::Any, _) => return true,
            (_, Form::Any) if self.only_declared => return true,
            (Form::Nullable(part), other) => work.push((&part.form, other)),
            (form, Form::Nullable(part)) => add_pairs(form, &part.form, &part.also, work),
            (Form::Union(union), other) => {
                work.extend(union.branches.iter().map(|branch| (&branch.schema.form, other)));
            }
            (form, Form::Union(union)) => {
                let schemas = union.branches.iter().map(|branch| &branch.schema);
                schemas.for_each(|schema| add_pairs(form, &schema.form, &schema.also, work));
                work.extend(union.also.iter().map(|other| (form, &other.schema.form)));
            }
            _ => {
                if let Some((a, b)) = Elements::of(a).zip(Elements::of(b)) {
                    a.add_pairs(&b, work);
                }
                let members = self.members(a).zip(self.members(b));
                return members.is_none_or(|(a, b)| self.step_members(&a, &b, work));
            }
        }
        true
    }

    fn step_members<'f>(
        &self,
        a: &Members<'f>,
        b: &Members<'f>,
        work: &mut Vec<(&'f Form, &'f Form)>,
    ) -> bool {
        let mut is_whole = true;
        for property in b.properties {
            match a.named(&property.name) {
                Kept::As(form) => add_pairs(form, &property.schema.form, &property.schema.also, work),
                Kept::Not => is_whole = false,
                Kept::Never => {}
            }
        }
        let Kept::As(others) = b.others else { return is_whole };
        if self.only_declared && b.are_others_unsaid {
            return is_whole;
        }
        let declared = a.properties.iter().map(|property| &property.schema.form);
        declared.for_each(|form| add_pairs(form, others, b.also, work));
        match a.others {
            Kept::As(form) => add_pairs(form, others, b.also, work),
            Kept::Not => is_whole = false,
            Kept::Never => {}
        }
        is_whole
    }

    fn members<'f>(&self, form: &'f Form) -> Option<Members<'f>> {
        match form {
            Form::Object(object) => Some(Members::of(object, self.is_open(form))),
            Form::Map(part, _) => Some(Members::of_others(&part.form, &part.also, part.is_unsaid)),
            Form::Any => Some(Members::of_others(form, &[], true)),
            _ => None,
        }
    }

    fn is_open(&self, form: &Form) -> bool {
        self.owners.get(&std::ptr::from_ref(form)).is_some_and(|id| self.open.contains(id))
    }
}

/// What a form has to keep for it to keep what another does, and all that stands beside that.
fn add_pairs<'f>(a: &'f Form, b: &'f Form, also: &'f [Beside], work: &mut Vec<(&'f Form, &'f Form)>) {
    work.push((a, b));
    work.extend(also.iter().map(|other| (a, &other.schema.form)));
}

fn pair(a: &Form, b: &Form) -> Pair {
    (std::ptr::from_ref(a), std::ptr::from_ref(b))
}

/// What a type keeps of a property.
#[derive(Clone, Copy)]
enum Kept<'f> {
    /// What this form does.
    As(&'f Form),
    /// Nothing.
    Not,
    /// There is no such property.
    Never,
}

/// What a type keeps of an object.
struct Members<'f> {
    properties: &'f [Property],
    others: Kept<'f>,
    /// What else declares the others.
    also: &'f [Beside],
    /// Whether no schema lets in the others: they are kept, but need not be.
    are_others_unsaid: bool,
}

impl<'f> Members<'f> {
    fn of_others(others: &'f Form, also: &'f [Beside], is_unsaid: bool) -> Self {
        let are_others_unsaid = is_unsaid && also.is_empty();
        Self { properties: &[], others: Kept::As(others), also, are_others_unsaid }
    }

    fn of(object: &'f Object, is_open: bool) -> Self {
        let others = match &object.rest {
            Rest::Ignored if is_open => Kept::As(&ANY),
            Rest::Ignored => Kept::Not,
            Rest::Forbidden => Kept::Never,
            Rest::Kept(part) => Kept::As(&part.form),
        };
        let (also, is_unsaid) = match &object.rest {
            Rest::Kept(part) => (part.also.as_slice(), part.is_unsaid),
            _ => (&[][..], true),
        };
        let are_others_unsaid = is_unsaid && also.is_empty();
        Self { properties: &object.properties, others, also, are_others_unsaid }
    }

    fn named(&self, name: &str) -> Kept<'f> {
        let declared = self.properties.iter().find(|property| property.name == name);
        declared.map_or(self.others, |property| Kept::As(&property.schema.form))
    }
}

/// What a type keeps of an array.
struct Elements<'f> {
    first: &'f [Subschema],
    others: Option<(&'f Form, &'f [Beside])>,
}

impl<'f> Elements<'f> {
    fn of(form: &'f Form) -> Option<Self> {
        match form {
            Form::List(part, _) => Some(Self { first: &[], others: Some((&part.form, &part.also)) }),
            Form::Tuple(parts) => Some(Self { first: parts, others: None }),
            Form::Any => Some(Self { first: &[], others: Some((form, &[])) }),
            _ => None,
        }
    }

    fn add_pairs(&self, other: &Self, work: &mut Vec<(&'f Form, &'f Form)>) {
        // One beyond those with schemas of their own stands for all that follow.
        for index in 0..=self.first.len().max(other.first.len()) {
            let Some(((form, _), (other, also))) = self.at(index).zip(other.at(index)) else { break };
            add_pairs(form, other, also, work);
        }
    }

    fn at(&self, index: usize) -> Option<(&'f Form, &'f [Beside])> {
        self.first.get(index).map(|part| (&part.form, part.also.as_slice())).or(self.others)
    }
}
