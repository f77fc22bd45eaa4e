//! Expressions.

use super::cursor::Cursor;
use crate::number::Rounding;
use crate::problem::{Outcome, Place, fault};
use crate::syntax::{Binary, Builtin, DateFn, Expr, Kind, Over, Written};
use crate::text::tokens::Token;
use crate::text::words::Key;

/// How deep an expression may be nested, and how many operators it may have.
const MAX_DEPTH: u32 = 100;
const MAX_OPERATORS: u32 = 1_000;

pub(crate) fn expr<'s>(cursor: &mut Cursor<'_, 's>) -> Outcome<Expr<'s>> {
    Parser { cursor, depth: 0, operators: 0 }.alternatives()
}

/// An expression that is the rest of the line.
pub(crate) fn whole<'s>(cursor: &mut Cursor<'_, 's>) -> Outcome<Expr<'s>> {
    let parsed = expr(cursor)?;
    cursor.done()?;
    Ok(parsed)
}

struct Parser<'a, 't, 's> {
    cursor: &'a mut Cursor<'t, 's>,
    depth: u32,
    operators: u32,
}

fn at(place: Place, kind: Kind<'_>) -> Expr<'_> {
    Expr { place, kind }
}

fn binary<'s>(op: Binary, place: Place, left: Expr<'s>, right: Expr<'s>) -> Expr<'s> {
    at(place, Kind::Binary(op, Box::new(left), Box::new(right)))
}

impl<'s> Parser<'_, '_, 's> {
    /// One operator more.
    fn operator(&mut self, place: Place) -> Outcome<()> {
        self.operators += 1;
        if self.operators <= MAX_OPERATORS {
            return Ok(());
        }
        fault(
            place,
            format!(
                "this expression is nested too deep: more than {MAX_OPERATORS} operators; give its parts names"
            ),
        )
    }

    fn alternatives(&mut self) -> Outcome<Expr<'s>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return fault(self.cursor.place(), "this expression is nested too deep");
        }
        let mut left = self.conjunction()?;
        loop {
            let place = self.cursor.place();
            if !self.cursor.take_key(Key::Or) {
                break;
            }
            self.operator(place)?;
            left = binary(Binary::Or, place, left, self.conjunction()?);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn conjunction(&mut self) -> Outcome<Expr<'s>> {
        let mut left = self.negation()?;
        loop {
            let place = self.cursor.place();
            if !self.cursor.take_key(Key::And) {
                return Ok(left);
            }
            self.operator(place)?;
            left = binary(Binary::And, place, left, self.negation()?);
        }
    }

    fn negation(&mut self) -> Outcome<Expr<'s>> {
        let place = self.cursor.place();
        if self.cursor.take_key(Key::Not) {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return fault(place, "this expression is nested too deep");
            }
            let inner = self.negation()?;
            self.depth -= 1;
            return Ok(at(place, Kind::Not(Box::new(inner))));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Outcome<Expr<'s>> {
        let left = self.sum()?;
        let place = self.cursor.place();
        let op = match self.cursor.peek() {
            Some(Token::Sign("=")) => Binary::Eq,
            Some(Token::Sign("!=")) => Binary::Ne,
            Some(Token::Sign("<")) => Binary::Lt,
            Some(Token::Sign("<=")) => Binary::Le,
            Some(Token::Sign(">")) => Binary::Gt,
            Some(Token::Sign(">=")) => Binary::Ge,
            Some(Token::Key(Key::In)) => {
                self.cursor.next();
                return self.membership(left, place);
            }
            _ => return Ok(left),
        };
        self.cursor.next();
        Ok(binary(op, place, left, self.sum()?))
    }

    fn membership(&mut self, left: Expr<'s>, place: Place) -> Outcome<Expr<'s>> {
        if !self.cursor.take_sign("{") {
            let set = self.sum()?;
            return Ok(at(place, Kind::InSet(Box::new(left), Box::new(set))));
        }
        let mut words = Vec::new();
        while !self.cursor.take_sign("}") {
            words.push(self.sum()?);
            if !self.cursor.take_sign(",") {
                self.cursor.sign("}")?;
                break;
            }
        }
        Ok(at(place, Kind::InWords(Box::new(left), words)))
    }

    fn sum(&mut self) -> Outcome<Expr<'s>> {
        let mut left = self.product()?;
        loop {
            let place = self.cursor.place();
            let op = match self.cursor.peek() {
                Some(Token::Sign("+")) => Binary::Add,
                Some(Token::Sign("-")) => Binary::Sub,
                _ => return Ok(left),
            };
            self.cursor.next();
            self.operator(place)?;
            left = binary(op, place, left, self.product()?);
        }
    }

    fn product(&mut self) -> Outcome<Expr<'s>> {
        let mut left = self.unary()?;
        loop {
            let place = self.cursor.place();
            let op = match self.cursor.peek() {
                Some(Token::Sign("*")) => Binary::Mul,
                Some(Token::Sign("/")) => Binary::Div,
                _ => return Ok(left),
            };
            self.cursor.next();
            self.operator(place)?;
            left = binary(op, place, left, self.unary()?);
        }
    }

    fn unary(&mut self) -> Outcome<Expr<'s>> {
        let place = self.cursor.place();
        if self.cursor.take_sign("-") {
            let inner = self.postfix()?;
            return Ok(at(place, Kind::Minus(Box::new(inner))));
        }
        self.postfix()
    }

    fn postfix(&mut self) -> Outcome<Expr<'s>> {
        let mut inner = self.primary()?;
        loop {
            let place = self.cursor.place();
            if self.cursor.take_key(Key::At) {
                self.operator(place)?;
                let day = self.primary()?;
                inner = at(place, Kind::At(Box::new(inner), Box::new(day)));
            } else if self.cursor.take_key(Key::As) {
                self.operator(place)?;
                let ty = self.cursor.type_word()?;
                inner = at(place, Kind::As(Box::new(inner), ty));
            } else {
                return Ok(inner);
            }
        }
    }

    fn primary(&mut self) -> Outcome<Expr<'s>> {
        let place = self.cursor.place();
        let kind = match self.cursor.next() {
            Some(Token::Number(value, suffix)) => Kind::Number(*value, *suffix),
            Some(Token::Date(day)) => Kind::Date(*day),
            Some(Token::Text(text)) => Kind::Text(text),
            Some(Token::Sign("(")) => {
                let inner = self.alternatives()?;
                self.cursor.sign(")")?;
                return Ok(inner);
            }
            Some(Token::Key(Key::Yes)) => Kind::Bool(true),
            Some(Token::Key(Key::No)) => Kind::Bool(false),
            Some(Token::Key(Key::Today)) => Kind::Today,
            Some(Token::Key(Key::SelfPerson)) => {
                if self.cursor.take_sign(".") {
                    return Ok(at(place, Kind::Field("self".into(), self.cursor.name("a name")?.name)));
                }
                Kind::SelfPerson
            }
            Some(Token::Key(Key::Nobody)) => Kind::Nobody,
            Some(Token::Key(Key::If)) => {
                let condition = self.alternatives()?;
                self.expect(Key::Then, "then / なら")?;
                let yes = self.alternatives()?;
                self.expect(Key::Else, "else / でなければ")?;
                let no = self.alternatives()?;
                Kind::If(Box::new(condition), Box::new(yes), Box::new(no))
            }
            Some(Token::Name(name)) => return self.named(name, place),
            Some(Token::Key(_)) => {
                return fault(place, "expected a value, but this is a word of the language");
            }
            _ => {
                return fault(
                    place,
                    "expected a value: a name, a number, a text in 「…」 or something in ( )",
                );
            }
        };
        Ok(at(place, kind))
    }

    fn expect(&mut self, key: Key, word: &str) -> Outcome<()> {
        if self.cursor.take_key(key) {
            Ok(())
        } else {
            fault(self.cursor.place(), format!("expected {word} here"))
        }
    }

    fn named(&mut self, name: &Written<'s>, place: Place) -> Outcome<Expr<'s>> {
        if self.cursor.take_sign(".") {
            let field = self.cursor.name("a name after the dot")?;
            return Ok(at(place, Kind::Field(name.clone(), field.name)));
        }
        if !self.cursor.take_sign("(") {
            return Ok(at(place, Kind::Name(name.clone())));
        }
        if matches!(&**name, "rank" | "順位") {
            return self.rank(place);
        }
        // `max(c in people …)` goes over people, `max(a, b)` over values.
        let over_people = matches!(self.cursor.peek_at(1), Some(Token::Key(Key::In)))
            && matches!(self.cursor.peek_at(2), Some(Token::Key(Key::People)));
        if over_people && let Some(over) = over(name) {
            return self.over(over, place);
        }
        let mut arguments = Vec::new();
        while !self.cursor.take_sign(")") {
            arguments.push(self.alternatives()?);
            if !self.cursor.take_sign(",") {
                self.cursor.sign(")")?;
                break;
            }
        }
        let kind = match (builtin(name), &**name) {
            (Some(builtin), _) => Kind::Builtin(builtin, arguments),
            (None, "has" | "ある") => match <[Expr; 1]>::try_from(arguments) {
                Ok([one]) => Kind::Has(Box::new(one)),
                Err(_) => return fault(place, "has(…) asks for one look-up in a table"),
            },
            (None, _) if over(name).is_some() => {
                return fault(place, format!("{name}( … ) goes over people: {name}(c in people where …)"));
            }
            (None, _) => Kind::Call(name.clone(), arguments),
        };
        Ok(at(place, kind))
    }

    /// `c in people [where C]`, after the opening bracket.
    fn people(&mut self) -> Outcome<(Written<'s>, Option<Box<Expr<'s>>>)> {
        let var = self.cursor.name("a name for each of the people")?.name;
        self.expect(Key::In, "in / ∈")?;
        self.expect(Key::People, "people / 世帯員")?;
        let condition =
            if self.cursor.take_key(Key::Where) { Some(Box::new(self.alternatives()?)) } else { None };
        Ok((var, condition))
    }

    fn over(&mut self, over: Over, place: Place) -> Outcome<Expr<'s>> {
        let (var, condition) = self.people()?;
        let value = if self.cursor.take_sign(":") { Some(Box::new(self.alternatives()?)) } else { None };
        self.cursor.sign(")")?;
        let wanted = !matches!(over, Over::Count | Over::Any);
        if value.is_some() != wanted {
            let what = if wanted {
                "after : a value for each of the people is missing"
            } else {
                "no value is expected after :"
            };
            return fault(place, what);
        }
        Ok(at(place, Kind::Over { over, var, condition, value }))
    }

    fn rank(&mut self, place: Place) -> Outcome<Expr<'s>> {
        let (var, condition) = self.people()?;
        self.expect(Key::By, "by / の順")?;
        let by = Box::new(self.alternatives()?);
        let descending = self.cursor.take_key(Key::Desc);
        self.cursor.sign(")")?;
        Ok(at(place, Kind::Rank { var, condition, by, descending }))
    }
}

/// Whether the language brings something of this name that is called.
pub(crate) fn is_called(name: &str) -> bool {
    over(name).is_some() || builtin(name).is_some() || matches!(name, "rank" | "順位" | "has" | "ある")
}

fn over(name: &str) -> Option<Over> {
    Some(match name {
        "count" | "数える" => Over::Count,
        "sum" | "合計" => Over::Sum,
        "any" | "いずれか" => Over::Any,
        "all" | "すべて" => Over::All,
        "max" | "最大" => Over::Max,
        "min" | "最小" => Over::Min,
        _ => return None,
    })
}

fn builtin(name: &str) -> Option<Builtin> {
    Some(match name {
        "min" | "最小" => Builtin::Min,
        "max" | "最大" => Builtin::Max,
        "clamp" => Builtin::Clamp,
        "abs" | "絶対値" => Builtin::Abs,
        "floor" | "切捨て" => Builtin::Round(Rounding::Floor),
        "ceil" | "切上げ" => Builtin::Round(Rounding::Ceil),
        "round" | "四捨五入" => Builtin::Round(Rounding::HalfUp),
        "round_down_half" | "五捨五超入" => Builtin::Round(Rounding::HalfDown),
        "age" | "満年齢" => Builtin::Days(DateFn::Age),
        "school_year" | "学年" => Builtin::Days(DateFn::SchoolYear),
        "attains" | "達する日" => Builtin::Days(DateFn::Attains),
        "fiscal_year_end" | "年度末" => Builtin::Days(DateFn::FiscalYearEnd),
        "fiscal_year" | "年度" => Builtin::Days(DateFn::FiscalYear),
        "year" => Builtin::Days(DateFn::Year),
        "month" => Builtin::Days(DateFn::Month),
        "day" => Builtin::Days(DateFn::Day),
        "add_years" => Builtin::Days(DateFn::AddYears),
        "add_months" => Builtin::Days(DateFn::AddMonths),
        "add_days" => Builtin::Days(DateFn::AddDays),
        "days_between" | "日数差" => Builtin::Days(DateFn::DaysBetween),
        "months_between" | "月数差" => Builtin::Days(DateFn::MonthsBetween),
        "date" => Builtin::Days(DateFn::Make),
        "yearly" | "年額" => Builtin::Yearly,
        "monthly" | "月額" => Builtin::Monthly,
        "eligible" | "受けられる" => Builtin::Eligible,
        "size" | "要素数" => Builtin::Size,
        _ => return None,
    })
}
