//! Where a household's facts and worked-out values lie: the household's first, then thing by thing each person's.
//!
//! Kept apart from the facts and definitions themselves: an answer asks for thousands of places and for nothing else of them.

/// Where one lies among those of its kind, and whether each person has one.
#[derive(Clone, Copy, Debug)]
struct Slot {
    per_person: bool,
    number: u32,
}

/// The slots of all facts, or of all definitions, by their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    slots: Vec<Slot>,
    person: u32,
    household: u32,
}

impl Layout {
    /// Makes room for one more.
    pub fn push(&mut self, per_person: bool) {
        let count = if per_person { &mut self.person } else { &mut self.household };
        self.slots.push(Slot { per_person, number: *count });
        *count += 1;
    }

    /// How many values so many people have.
    pub fn of(&self, people: usize) -> usize {
        self.household as usize + self.person as usize * people
    }

    /// Where a person's value lies (the household's, whoever is named).
    #[inline]
    pub fn index(&self, id: u32, people: usize, person: usize) -> Option<usize> {
        let slot = self.slots.get(id as usize)?;
        let number = slot.number as usize;
        Some(if slot.per_person { self.household as usize + number * people + person } else { number })
    }
}
