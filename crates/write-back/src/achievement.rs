//! The codes of goal achievement (R4 `goal-achievement`, the preferred binding of `Goal.achievementStatus`).

/// One code of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Achievement {
    /// The code.
    pub code: &'static str,
    /// The display that the code system gives it.
    pub display: &'static str,
}

/// All codes of the system, in its order.
pub const ACHIEVEMENTS: [Achievement; 9] = [
    Achievement { code: "in-progress", display: "In Progress" },
    Achievement { code: "improving", display: "Improving" },
    Achievement { code: "worsening", display: "Worsening" },
    Achievement { code: "no-change", display: "No Change" },
    Achievement { code: "achieved", display: "Achieved" },
    Achievement { code: "sustaining", display: "Sustaining" },
    Achievement { code: "not-achieved", display: "Not Achieved" },
    Achievement { code: "no-progress", display: "No Progress" },
    Achievement { code: "not-attainable", display: "Not Attainable" },
];

impl Achievement {
    /// Finds a code.
    pub fn lookup(code: &str) -> Option<Self> {
        ACHIEVEMENTS.into_iter().find(|achievement| achievement.code == code)
    }
}
