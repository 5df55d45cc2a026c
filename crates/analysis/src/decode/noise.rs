//! Scores for property tests.

/// Numbers that look random and are the same everywhere (Steele's SplitMix64).
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    /// A number between -5 and 5.
    pub(crate) fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 40) as f32 / (1 << 24) as f32 * 10.0 - 5.0
    }

    /// `n` numbers, of which about one in eight is infinite or not a number where `wild`.
    pub(crate) fn scores(&mut self, n: usize, wild: bool) -> Vec<f32> {
        let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
        let mut one = || match self.next() {
            x if wild && x > 3.75 => odd[(x * 1000.0) as usize % 3],
            x => x,
        };
        (0..n).map(|_| one()).collect()
    }
}
