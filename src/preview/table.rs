//! Tables in a width: columns as wide as they need, narrower where they must, and rows as `key: value` where that is not enough.

use super::blocks::{Align, Block, Cell, Inline, Style};
use super::flow;
use super::wrap::{Line, Page, Role, Span, lay, lay_on};
use crate::shown::Shown;

/// What stands between two columns.
const BETWEEN: &str = " │ ";
const GAP: usize = 3;
/// More columns than this are no table to read on a screen.
const MOST_COLUMNS: usize = 64;
/// A column keeps its longest word whole up to this length.
const LONGEST_WORD: usize = 20;

/// A cell at its place in the grid.
struct Placed<'a> {
    cell: &'a Cell,
    row: usize,
    column: usize,
    columns: usize,
    /// Laid out as if there were room.
    page: Page,
    natural: usize,
    least: usize,
}

/// Lays out a table.
pub(super) fn lay_table(rows: &[Vec<Cell>], width: usize, base: Role) -> Page {
    let (mut placed, columns) = place(rows, width, base);
    if columns <= 1 {
        return one_below_the_other(rows, width, base);
    }
    match widths(&placed, columns, width) {
        Some(widths) => {
            for cell in &mut placed {
                let room = spanned(&widths, cell);
                if cell.natural > room {
                    cell.page = lay(&cell.cell.blocks, room, cell_role(cell.cell, base));
                }
            }
            draw(&placed, rows, &widths)
        }
        None => records(rows, width, base),
    }
}

fn cell_role(cell: &Cell, base: Role) -> Role {
    if cell.header { Role::Strong } else { base }
}

/// Finds each cell's place, as spans push it, and its measure. Columns that no cell begins in are none.
fn place<'a>(rows: &'a [Vec<Cell>], width: usize, base: Role) -> (Vec<Placed<'a>>, usize) {
    let mut placed = Vec::new();
    // For each column, how many rows more a cell from above reaches.
    let mut reach = [0usize; MOST_COLUMNS];
    let mut begins = [false; MOST_COLUMNS];
    for (row, cells) in rows.iter().enumerate() {
        let mut column = 0;
        let mut next = [0usize; MOST_COLUMNS];
        for (slot, above) in next.iter_mut().zip(reach) {
            *slot = above.saturating_sub(1);
        }
        for cell in cells {
            while column < MOST_COLUMNS && reach[column] > 0 {
                column += 1;
            }
            if column == MOST_COLUMNS {
                break;
            }
            let end = (column + cell.columns).min(MOST_COLUMNS);
            next[column..end].fill(cell.rows - 1);
            begins[column] = true;
            let page = lay(&cell.blocks, width, cell_role(cell, base));
            let natural = page.lines.iter().map(Line::width).max().unwrap_or(0);
            let least = longest_word(&page).min(LONGEST_WORD);
            placed.push(Placed { cell, row, column, columns: end - column, page, natural, least });
            column = end;
        }
        reach = next;
    }
    let rank = |column: usize| begins[..column].iter().filter(|b| **b).count();
    for cell in &mut placed {
        let end = rank(cell.column + cell.columns);
        cell.column = rank(cell.column);
        cell.columns = end - cell.column;
    }
    (placed, rank(MOST_COLUMNS))
}

fn longest_word(page: &Page) -> usize {
    let longest = |line: &Line| line.text().split(' ').map(flow::width).max().unwrap_or(0);
    page.lines.iter().map(longest).max().unwrap_or(0)
}

/// A table of one column is there for its place on a page: its cells are plain blocks.
fn one_below_the_other(rows: &[Vec<Cell>], width: usize, base: Role) -> Page {
    let mut page = Page::default();
    for cell in rows.iter().flatten().filter(|cell| !cell.blocks.is_empty()) {
        if !page.lines.is_empty() {
            page.lines.push(Line::default());
        }
        page.append(lay(&cell.blocks, width, cell_role(cell, base)));
    }
    page
}

/// The widths of the columns; `None` where they do not fit.
fn widths(placed: &[Placed<'_>], columns: usize, width: usize) -> Option<Vec<usize>> {
    let room = width.checked_sub(GAP * (columns - 1))?;
    let (mut natural, mut least) = (vec![1; columns], vec![1; columns]);
    for cell in placed.iter().filter(|c| c.columns == 1) {
        natural[cell.column] = natural[cell.column].max(cell.natural);
        least[cell.column] = least[cell.column].max(cell.least);
    }
    for cell in placed.iter().filter(|c| c.columns > 1) {
        let last = cell.column + cell.columns - 1;
        let missing = |need: usize, have: &[usize]| {
            need.saturating_sub(have[cell.column..=last].iter().sum::<usize>() + GAP * (cell.columns - 1))
        };
        natural[last] += missing(cell.natural, &natural);
        least[last] += missing(cell.least, &least);
    }
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    if least.iter().sum::<usize>() > room {
        return None;
    }
    // The highest level to which all columns can rise together: the modest ones get what they need, the others share.
    let at_level =
        |level: usize| -> Vec<usize> { natural.iter().zip(&least).map(|(n, l)| level.min(*n).max(*l)).collect() };
    let level = (0..=room).rev().find(|level| at_level(*level).iter().sum::<usize>() <= room)?;
    let mut shared = at_level(level);
    let left = room - shared.iter().sum::<usize>();
    let wanting: Vec<usize> = (0..columns).filter(|c| shared[*c] < natural[*c]).collect();
    wanting.into_iter().take(left).for_each(|column| shared[column] += 1);
    Some(shared)
}

fn spanned(widths: &[usize], cell: &Placed<'_>) -> usize {
    widths[cell.column..cell.column + cell.columns].iter().sum::<usize>() + GAP * (cell.columns.max(1) - 1)
}

fn draw(placed: &[Placed<'_>], rows: &[Vec<Cell>], widths: &[usize]) -> Page {
    let heads = rows.iter().take_while(|row| row.iter().all(|cell| cell.header)).count();
    let tall = placed.iter().any(|cell| cell.page.lines.len() > 1);
    let mut page = Page::default();
    let mut cells = placed.iter().peekable();
    for row in 0..rows.len() {
        // Where cells take several lines, only a rule tells the rows apart.
        if row > 0 && (row == heads || (tall && row > heads)) {
            page.lines.push(Line::of(&rule(placed, row, widths), Role::Marker));
        }
        let mut here = Vec::new();
        while let Some(cell) = cells.next_if(|cell| cell.row == row) {
            here.push(cell);
        }
        let height = here.iter().map(|cell| cell.page.lines.len()).max().unwrap_or(0);
        page.lines.extend((0..height.max(1)).map(|line| draw_line(&here, line, widths)));
    }
    page
}

/// The rule above a row, open where a cell reaches through it.
fn rule(placed: &[Placed<'_>], row: usize, widths: &[usize]) -> String {
    let mut through = vec![false; widths.len()];
    for cell in placed.iter().filter(|c| c.row < row && c.row + c.cell.rows > row) {
        through[cell.column..cell.column + cell.columns].fill(true);
    }
    let mut rule = String::new();
    for (column, width) in widths.iter().enumerate() {
        if column > 0 {
            rule.push_str(match (through[column - 1], through[column]) {
                (false, false) => "─┼─",
                (true, false) => " ├─",
                (false, true) => "─┤ ",
                (true, true) => BETWEEN,
            });
        }
        rule.push_str(&if through[column] { " " } else { "─" }.repeat(*width));
    }
    rule
}

fn draw_line(cells: &[&Placed<'_>], at: usize, widths: &[usize]) -> Line {
    let mut spans: Vec<Span> = Vec::new();
    let mut column = 0;
    while column < widths.len() {
        if column > 0 {
            spans.push(Span { text: Shown::new(BETWEEN), role: Role::Marker });
        }
        let cell = cells.iter().find(|cell| cell.column == column && cell.columns > 0);
        let (room, next) = cell.map_or((widths[column], column + 1), |c| (spanned(widths, c), column + c.columns));
        let line = cell.and_then(|cell| cell.page.lines.get(at));
        let padding = room.saturating_sub(line.map_or(0, Line::width));
        let before = match cell.filter(|_| line.is_some()).map(|cell| cell.cell.align) {
            Some(Align::Right) => padding,
            Some(Align::Center) => padding / 2,
            _ => 0,
        };
        spans.extend(blank(before));
        spans.extend(line.into_iter().flat_map(|line| line.spans.iter().cloned()));
        spans.extend(blank(padding - before).filter(|_| next < widths.len()));
        column = next;
    }
    Line { spans }
}

fn blank(columns: usize) -> Option<Span> {
    (columns > 0).then(|| Span { text: Shown::new(&" ".repeat(columns)), role: Role::Text })
}

/// Every row as a record, each cell behind its column's name.
fn records(rows: &[Vec<Cell>], width: usize, base: Role) -> Page {
    let names: Option<Vec<String>> =
        rows.first().filter(|row| row.iter().all(|c| c.header)).map(|row| row.iter().map(cell_text).collect());
    let mut page = Page::default();
    for row in rows.iter().skip(usize::from(names.is_some())) {
        if !page.lines.is_empty() {
            page.lines.push(Line::default());
        }
        for (at, cell) in row.iter().enumerate() {
            let name = names.as_ref().and_then(|n| n.get(at)).filter(|n| !n.is_empty());
            page.append(record(name, cell, width, base));
        }
    }
    page
}

fn record(name: Option<&String>, cell: &Cell, width: usize, base: Role) -> Page {
    let Some(name) = name else { return lay(&cell.blocks, width, cell_role(cell, base)) };
    let key = |text: String| Inline {
        text: text.into(),
        style: Style { strong: true, ..Style::default() },
        ..Inline::default()
    };
    match cell.blocks.as_slice() {
        [Block::Paragraph(runs)] => {
            let mut all = vec![key(format!("{name}:")), Inline { text: " ".into(), ..Inline::default() }];
            all.extend(runs.iter().cloned());
            let mut page = Page::default();
            page.flow(&all, width, base);
            page
        }
        blocks => {
            let mut page = Page::default();
            page.flow(&[key(format!("{name}:"))], width, base);
            page.behind("  ", width, |page, w| lay_on(page, blocks, w, base));
            page
        }
    }
}

fn cell_text(cell: &Cell) -> String {
    let text = |block: &Block| match block {
        Block::Paragraph(runs) => runs.iter().map(|r| r.text.as_str()).collect(),
        _ => String::new(),
    };
    cell.blocks.iter().map(text).collect::<Vec<_>>().join(" ").trim().to_string()
}
