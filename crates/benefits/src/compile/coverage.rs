//! Cases: none unreachable, none left out.

use super::Compiler;
use crate::number::Ratio;
use crate::problem::{Outcome, Place, fault};
use crate::rules::{Compare, NodeId, Op, Type};
use crate::value::{Truth, Value};

/// The values of one thing for which a condition holds, where that can be seen from the condition alone.
#[derive(Clone, Debug, PartialEq)]
enum Holds {
    Words(u64),
    /// From a bound (and whether it is out) to a bound.
    Numbers(Vec<Span>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    low: (Ratio, bool),
    high: (Ratio, bool),
}

const ALL: Span = Span { low: (Ratio::MINUS_INFINITE, false), high: (Ratio::INFINITE, false) };

impl Compiler {
    pub(super) fn cover(
        &mut self,
        branches: &[(NodeId, NodeId)],
        otherwise: Option<NodeId>,
        place: Place,
    ) -> Outcome<()> {
        let mut seen: Option<(NodeId, Holds)> = None;
        for (condition, _) in branches {
            let at = self.rules.node(*condition).map_or(place, |node| node.place);
            if let Some(Op::Constant(Value::Bool(Truth::No))) = self.rules.node(*condition).map(|n| &n.op) {
                return fault(at, "this case never happens");
            }
            let Some((of, holds)) = self.holds(*condition) else { continue };
            if matches!(&holds, Holds::Numbers(none) if none.is_empty()) || holds == Holds::Words(0) {
                return fault(at, "this case never happens");
            }
            match &mut seen {
                Some((before, covered)) if self.same(*before, of) => {
                    if within(&holds, covered) {
                        return fault(
                            at,
                            "this case never happens: the cases above it take all that it would",
                        );
                    }
                    join(covered, holds);
                }
                Some(_) => {}
                None => seen = Some((of, holds)),
            }
        }
        let complete = seen.is_some_and(|(of, covered)| within(&self.everything(of, &covered), &covered));
        match otherwise.and_then(|node| self.rules.node(node)) {
            Some(node) if complete => {
                fault(node.place, "this case never happens: the cases above it take everything")
            }
            None if !complete => fault(place, "these cases leave something out: add otherwise / それ以外"),
            _ => Ok(()),
        }
    }

    fn everything(&self, of: NodeId, like: &Holds) -> Holds {
        match (like, self.rules.node(of).map(|node| node.ty)) {
            (Holds::Words(_), Some(Type::Choice(choice))) => {
                match self.rules.anything(Type::Choice(choice)) {
                    Value::Choice(bits) => Holds::Words(bits),
                    _ => Holds::Words(u64::MAX),
                }
            }
            (Holds::Words(_), _) => Holds::Words(u64::MAX),
            (Holds::Numbers(_), _) => Holds::Numbers(vec![ALL]),
        }
    }

    fn holds(&self, condition: NodeId) -> Option<(NodeId, Holds)> {
        let constant = |id: NodeId| match self.rules.node(id).map(|node| &node.op) {
            Some(Op::Constant(Value::Number(n))) => n.known(),
            _ => None,
        };
        match &self.rules.node(condition)?.op {
            Op::OneOf(x, bits) => Some((*x, Holds::Words(*bits))),
            Op::Same(a, b) => match (&self.rules.node(*a)?.op, &self.rules.node(*b)?.op) {
                (_, Op::Constant(Value::Choice(bits))) => Some((*a, Holds::Words(*bits))),
                (Op::Constant(Value::Choice(bits)), _) => Some((*b, Holds::Words(*bits))),
                _ => None,
            },
            Op::Numbers(compare, a, b) => {
                let (of, n, left) = match (constant(*a), constant(*b)) {
                    (None, Some(n)) => (*a, n, true),
                    (Some(n), None) => (*b, n, false),
                    _ => return None,
                };
                let out = *compare == Compare::Less;
                let span = match (compare, left) {
                    (Compare::Same, _) => Span { low: (n, false), high: (n, false) },
                    (_, true) => Span { low: ALL.low, high: (n, out) },
                    (_, false) => Span { low: (n, out), high: ALL.high },
                };
                Some((of, Holds::Numbers(vec![span])))
            }
            Op::And(a, b) => match (self.holds(*a)?, self.holds(*b)?) {
                ((x, Holds::Numbers(p)), (y, Holds::Numbers(q))) if self.same(x, y) => {
                    let both = p.iter().flat_map(|s| q.iter().filter_map(|t| meet(*s, *t))).collect();
                    Some((x, Holds::Numbers(both)))
                }
                ((x, Holds::Words(p)), (y, Holds::Words(q))) if self.same(x, y) => {
                    Some((x, Holds::Words(p & q)))
                }
                _ => None,
            },
            Op::Or(a, b) => {
                let ((x, mut p), (y, q)) = (self.holds(*a)?, self.holds(*b)?);
                self.same(x, y).then(|| {
                    join(&mut p, q);
                    (x, p)
                })
            }
            _ => None,
        }
    }

    /// Whether two steps always come to the same: they are built alike.
    fn same(&self, a: NodeId, b: NodeId) -> bool {
        let (Some(x), Some(y)) = (self.rules.node(a), self.rules.node(b)) else { return false };
        if a == b {
            return true;
        }
        let (p, q) = (super::cycles::parts(&x.op), super::cycles::parts(&y.op));
        if p.is_empty() && q.is_empty() {
            return x.op == y.op;
        }
        let alike = std::mem::discriminant(&x.op) == std::mem::discriminant(&y.op) && p.len() == q.len();
        let fixed = match (&x.op, &y.op) {
            (Op::Round(m, u, _), Op::Round(n, v, _)) => m == n && u == v,
            (Op::Days(f, ..), Op::Days(g, ..)) => f == g,
            (Op::Lookup { table: t, .. }, Op::Lookup { table: u, .. }) => t == u,
            (Op::Call { function: f, .. }, Op::Call { function: g, .. }) => f == g,
            (
                Op::Add(..)
                | Op::Sub(..)
                | Op::Mul(..)
                | Op::Div(..)
                | Op::Minus(_)
                | Op::Min(..)
                | Op::Max(..),
                _,
            ) => true,
            _ => false,
        };
        alike && fixed && p.iter().zip(&q).all(|(a, b)| self.same(*a, *b))
    }
}

fn meet(a: Span, b: Span) -> Option<Span> {
    let low = if (a.low.0, a.low.1) >= (b.low.0, b.low.1) { a.low } else { b.low };
    let high = if (a.high.0, !a.high.1) <= (b.high.0, !b.high.1) { a.high } else { b.high };
    let empty = low.0 > high.0 || (low.0 == high.0 && (low.1 || high.1));
    (!empty).then_some(Span { low, high })
}

fn join(covered: &mut Holds, more: Holds) {
    match (covered, more) {
        (Holds::Words(covered), Holds::Words(more)) => *covered |= more,
        (Holds::Numbers(covered), Holds::Numbers(more)) => {
            covered.extend(more);
            covered.sort_by_key(|span| span.low);
            let mut merged: Vec<Span> = Vec::new();
            for span in covered.drain(..) {
                match merged.last_mut() {
                    // Touching: the one ends where the other begins, and one of them has the point itself.
                    Some(last)
                        if span.low.0 < last.high.0
                            || (span.low.0 == last.high.0 && !(span.low.1 && last.high.1)) =>
                    {
                        if (span.high.0, !span.high.1) > (last.high.0, !last.high.1) {
                            last.high = span.high;
                        }
                    }
                    _ => merged.push(span),
                }
            }
            *covered = merged;
        }
        _ => {}
    }
}

fn within(holds: &Holds, covered: &Holds) -> bool {
    match (holds, covered) {
        (Holds::Words(holds), Holds::Words(covered)) => holds & !covered == 0,
        (Holds::Numbers(holds), Holds::Numbers(covered)) => holds.iter().all(|span| {
            covered.iter().any(|c| {
                (c.low.0, c.low.1) <= (span.low.0, span.low.1)
                    && (span.high.0, !span.high.1) <= (c.high.0, !c.high.1)
            })
        }),
        _ => false,
    }
}
