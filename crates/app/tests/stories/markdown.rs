//! A story's Markdown: prose for people, and fenced blocks for the test.

use std::collections::BTreeMap;

/// A story: its fenced blocks, in order.
pub struct Story {
    pub fences: Vec<Fence>,
}

/// A fenced block: ` ```kind name=value name="a value" `, then its lines.
pub struct Fence {
    pub kind: String,
    attributes: BTreeMap<String, String>,
    pub body: String,
    /// The line that it begins in, from 1.
    pub line: usize,
}

impl Fence {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// Reads a story. It begins with a headline, says something, and expects something.
pub fn parse(text: &str) -> Result<Story, String> {
    if !text.starts_with("# ") {
        return Err("a story begins with a headline".to_string());
    }
    let mut fences: Vec<Fence> = Vec::new();
    let mut open: Option<Fence> = None;
    let mut prose = 0;
    for (number, line) in text.lines().enumerate() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(""), Some(fence)) => fences.push(fence),
            (Some(head), None) => open = Some(begin(head, number + 1)?),
            (_, Some(mut fence)) => {
                fence.body.push_str(line);
                fence.body.push('\n');
                open = Some(fence);
            }
            (None, None) => prose += usize::from(!line.is_empty() && !line.starts_with('#')),
        }
    }
    if open.is_some() {
        return Err("a fence is not closed".to_string());
    }
    if prose == 0 {
        return Err("a story says in words what it shows".to_string());
    }
    let expects = |fence: &Fence| !matches!(&*fence.kind, "report" | "again" | "judge" | "undo");
    if !fences.iter().any(expects) {
        return Err("a story expects something".to_string());
    }
    Ok(Story { fences })
}

fn begin(head: &str, line: usize) -> Result<Fence, String> {
    let (kind, mut rest) = head.split_once(' ').unwrap_or((head, ""));
    let mut attributes = BTreeMap::new();
    while let Some((name, after)) = rest.trim_start().split_once('=') {
        let (value, left) = match after.strip_prefix('"') {
            Some(quoted) => quoted
                .split_once('"')
                .ok_or(format!("line {line}: no closing quote"))?,
            None => after.split_once(' ').unwrap_or((after, "")),
        };
        attributes.insert(name.to_string(), value.to_string());
        rest = left;
    }
    Ok(Fence {
        kind: kind.to_string(),
        attributes,
        body: String::new(),
        line,
    })
}
