//! Products of 16-bit integer matrices with 32-bit sums, scaled to floats.
//!
//! Weights are within ±1023 and activations within ±4095, each row with its own scale. A sum of 512 products is below
//! 512 × 1023 × 4095 < 2³¹ and thus exact; the sums of such blocks are added up in floats, in order.

use super::{Instructions, MOST_ROWS, PANEL, Set, portable};
use crate::math;

/// Largest absolute value of a weight.
pub(crate) const LARGEST_WEIGHT: i16 = 1023;
/// Largest absolute value of an activation.
pub(crate) const LARGEST_ACTIVATION: i16 = 4095;
/// Pairs of products in one 32-bit sum.
const PAIRS: usize = 256;
const _: () = assert!(
    2 * PAIRS as i64 * LARGEST_WEIGHT as i64 * LARGEST_ACTIVATION as i64 <= i32::MAX as i64
);

/// One pair of steps along the inner dimension of one panel: for each output two neighbouring weights. A cache line.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct IntLine(pub [i16; 2 * PANEL]);

/// A matrix in panels of 16 outputs; outputs beyond the last, and an odd last step, are zero.
#[derive(Debug)]
pub(crate) struct IntPanels {
    outputs: usize,
    pairs: usize,
    lines: Vec<IntLine>,
}

impl IntPanels {
    /// Packs a matrix of `outputs` rows of `inner` integers.
    pub fn pack(weights: &[i16], outputs: usize, inner: usize) -> Self {
        let pairs = inner.div_ceil(2);
        let mut lines = vec![IntLine([0; 2 * PANEL]); outputs.div_ceil(PANEL) * pairs];
        for (o, row) in weights.chunks_exact(inner).enumerate() {
            let panel = &mut lines[o / PANEL * pairs..][..pairs];
            let at = o % PANEL * 2;
            for (line, pair) in panel.iter_mut().zip(row.chunks(2)) {
                line.0[at..at + pair.len()].copy_from_slice(pair);
            }
        }
        Self {
            outputs,
            pairs,
            lines,
        }
    }
}

/// Rows of activations as integers, with a scale each.
#[derive(Debug, Default)]
pub(crate) struct Quantised {
    rows: usize,
    /// Integers in a row: the width, made even.
    stride: usize,
    values: Vec<i16>,
    scales: Vec<f32>,
}

impl Quantised {
    /// Quantises rows of `width` numbers.
    pub fn fill(&mut self, on: Instructions, x: &[f32], width: usize) {
        self.rows = x.len() / width;
        self.stride = width.next_multiple_of(2);
        self.values.clear();
        self.values.resize(self.rows * self.stride, 0);
        self.scales.clear();
        for (row, to) in x
            .chunks_exact(width)
            .zip(self.values.chunks_exact_mut(self.stride))
        {
            self.scales.push(math::quantise_row(
                on,
                row,
                f32::from(LARGEST_ACTIVATION),
                &mut to[..width],
            ));
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }
}

/// `c[r][o] = (Σ a[r][i] · b[o][i]) · scale of r · scales[o] + bias[o]`; rows of `c` are as wide as the outputs.
pub(crate) struct IntProduct<'a> {
    pub a: &'a Quantised,
    pub b: &'a IntPanels,
    pub scales: &'a [f32],
    pub bias: &'a [f32],
    pub c: &'a mut [f32],
}

impl IntProduct<'_> {
    fn check(&self) {
        let (a, b) = (self.a, self.b);
        assert!(
            a.stride == 2 * b.pairs && a.values.len() == a.rows * a.stride,
            "rows are as wide as panels"
        );
        assert!(
            b.lines.len() == b.outputs.div_ceil(PANEL) * b.pairs,
            "panels are whole"
        );
        assert!(
            self.c.len() == a.rows * b.outputs,
            "the result has a row for each"
        );
        assert!(
            self.scales.len() == b.outputs && self.bias.len() == b.outputs,
            "every output has scale and bias"
        );
    }
}

/// A tile of up to `ROWS` rows by one panel.
pub(crate) trait IntTile {
    /// Rows of a full tile, at most [`MOST_ROWS`].
    const ROWS: usize;

    /// Sets the first `M` rows of `sums` to the product of `M` rows of `a`, each `panel.len()` pairs wide, with the
    /// panel; sums wrap around.
    ///
    /// # Safety
    /// The CPU has the tile's instructions, and `a` has `panel.len()` pairs at each of `M` rows, `stride` values apart.
    unsafe fn tile<const M: usize>(
        a: &[i16],
        stride: usize,
        panel: &[IntLine],
        sums: &mut [[i32; PANEL]; MOST_ROWS],
    );
}

/// Sets `c` to the product.
pub(crate) fn multiply_int(on: Instructions, product: IntProduct<'_>) {
    if product.a.rows == 0 || product.b.outputs == 0 {
        return;
    }
    product.check();
    match on.0 {
        // SAFETY: the portable tile needs no instructions; the bounds were checked.
        Set::Portable => unsafe { drive::<portable::Tile>(product) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: `Set::Avx2` is only made after AVX2 was detected; the bounds were checked.
        Set::Avx2 => unsafe { super::avx2::drive_int(product) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: `Set::Avx512` is only made after its instructions were detected; the bounds were checked.
        Set::Avx512 => unsafe { super::avx512::drive_int(product) },
    }
}

/// Rows in one block, which stay in the second cache while the panels pass; a multiple of every tile's rows.
const ROWS: usize = 240;

/// Walks the product in tiles.
///
/// # Safety
/// `product.check()` passed, and the CPU has the instructions of `T`.
#[inline(always)]
pub(super) unsafe fn drive<T: IntTile>(product: IntProduct<'_>) {
    let IntProduct {
        a,
        b,
        scales,
        bias,
        c,
    } = product;
    // Sums of the blocks before, for one panel: close together, unlike the rows of `c`.
    let mut partial = [[0.0; PANEL]; ROWS];
    let last = b.pairs.div_ceil(PAIRS) - 1;
    for first in (0..a.rows).step_by(ROWS) {
        let end = a.rows.min(first + ROWS);
        for (p, panel) in b.lines.chunks_exact(b.pairs).enumerate() {
            let columns = p * PANEL..b.outputs.min((p + 1) * PANEL);
            let ends = Ends::of(&scales[columns.clone()], &bias[columns.clone()]);
            for (block, pairs) in panel.chunks(PAIRS).enumerate() {
                for row in (first..end).step_by(T::ROWS) {
                    let count = T::ROWS.min(end - row);
                    let mut sums = [[0; PANEL]; MOST_ROWS];
                    let part = &a.values[row * a.stride + block * 2 * PAIRS..];
                    // SAFETY: as this function's; `count` rows of `part` are within `a`.
                    unsafe { tile_of::<T>(count, part, a.stride, pairs, &mut sums) };
                    for (r, sums) in sums.iter().enumerate().take(count) {
                        let before = &mut partial[row - first + r];
                        gather(before, sums, block == 0);
                        if block == last {
                            let to = &mut c[(row + r) * b.outputs..][columns.clone()];
                            ends.finish(to, before, a.scales[row + r]);
                        }
                    }
                }
            }
        }
    }
}

/// Sets or adds the sums of one block.
#[inline(always)]
fn gather(to: &mut [f32; PANEL], sums: &[i32; PANEL], set: bool) {
    for i in 0..PANEL {
        let before = if set { 0.0 } else { to[i] };
        to[i] = before + sums[i] as f32;
    }
}

/// What turns a panel's sums into outputs.
struct Ends {
    scales: [f32; PANEL],
    bias: [f32; PANEL],
}

impl Ends {
    #[inline(always)]
    fn of(scales: &[f32], bias: &[f32]) -> Self {
        let mut new = Self {
            scales: [0.0; PANEL],
            bias: [0.0; PANEL],
        };
        new.scales[..scales.len()].copy_from_slice(scales);
        new.bias[..bias.len()].copy_from_slice(bias);
        new
    }

    #[inline(always)]
    fn finish(&self, to: &mut [f32], sums: &[f32; PANEL], row: f32) {
        let mut out = [0.0; PANEL];
        for i in 0..PANEL {
            out[i] = sums[i] * row * self.scales[i] + self.bias[i];
        }
        match <&mut [f32; PANEL]>::try_from(&mut *to) {
            Ok(whole) => *whole = out,
            Err(_) => to.copy_from_slice(&out[..to.len()]),
        }
    }
}

/// # Safety
/// As [`IntTile::tile`] with `M` = `count`, which is 1 to [`MOST_ROWS`].
#[inline(always)]
unsafe fn tile_of<T: IntTile>(
    count: usize,
    a: &[i16],
    stride: usize,
    panel: &[IntLine],
    sums: &mut [[i32; PANEL]; MOST_ROWS],
) {
    // SAFETY: as this function's.
    unsafe {
        match count {
            1 => T::tile::<1>(a, stride, panel, sums),
            2 => T::tile::<2>(a, stride, panel, sums),
            3 => T::tile::<3>(a, stride, panel, sums),
            4 => T::tile::<4>(a, stride, panel, sums),
            5 => T::tile::<5>(a, stride, panel, sums),
            6 => T::tile::<6>(a, stride, panel, sums),
            7 => T::tile::<7>(a, stride, panel, sums),
            8 => T::tile::<8>(a, stride, panel, sums),
            9 => T::tile::<9>(a, stride, panel, sums),
            10 => T::tile::<10>(a, stride, panel, sums),
            11 => T::tile::<11>(a, stride, panel, sums),
            _ => T::tile::<12>(a, stride, panel, sums),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Deterministic integers within ±`limit`; every eleventh is at the limit.
    fn integers(n: usize, limit: i16, seed: usize) -> Vec<i16> {
        (0..n)
            .map(|i| {
                if i % 11 == 0 {
                    limit
                } else {
                    ((i * 7919 + seed) % (2 * limit as usize)) as i16 - limit
                }
            })
            .collect()
    }

    /// The arithmetic as the module's text has it, one number at a time.
    fn oracle(a: &Quantised, b: &[i16], inner: usize, scales: &[f32], bias: &[f32]) -> Vec<f32> {
        let mut out = Vec::new();
        for r in 0..a.rows {
            for (o, row) in b.chunks_exact(inner).enumerate() {
                let products = a.values[r * a.stride..]
                    .iter()
                    .zip(row)
                    .map(|(&x, &y)| i64::from(x) * i64::from(y));
                let products: Vec<i64> = products.collect();
                let blocks = products
                    .chunks(2 * PAIRS)
                    .map(|c| i32::try_from(c.iter().sum::<i64>()).unwrap() as f32);
                let sum = blocks.reduce(|x, y| x + y).unwrap();
                out.push(sum * a.scales[r] * scales[o] + bias[o]);
            }
        }
        out
    }

    #[test]
    fn every_kernel_equals_the_plain_arithmetic() {
        let sizes = [
            (1, 1usize, 1),
            (5, 7, 3),
            (6, 48, 16),
            (7, 512, 17),
            (9, 513, 40),
            (245, 30, 18),
            (13, 1536, 33),
        ];
        for (rows, inner, outputs) in sizes {
            let stride = inner.next_multiple_of(2);
            let mut values = integers(rows * stride, LARGEST_ACTIVATION, 5);
            if stride > inner {
                values
                    .iter_mut()
                    .skip(inner)
                    .step_by(stride)
                    .for_each(|v| *v = 0);
            }
            let scales = (0..rows).map(|r| 0.001 + r as f32 * 1e-5).collect();
            let a = Quantised {
                rows,
                stride,
                values,
                scales,
            };
            let b = integers(outputs * inner, LARGEST_WEIGHT, 3);
            let panels = IntPanels::pack(&b, outputs, inner);
            let scales: Vec<f32> = (0..outputs).map(|o| 0.01 + o as f32 * 1e-4).collect();
            let bias: Vec<f32> = (0..outputs).map(|o| o as f32).collect();
            let right = oracle(&a, &b, inner, &scales, &bias);
            for on in Instructions::all() {
                let mut c = vec![f32::NAN; rows * outputs];
                multiply_int(
                    on,
                    IntProduct {
                        a: &a,
                        b: &panels,
                        scales: &scales,
                        bias: &bias,
                        c: &mut c,
                    },
                );
                assert_eq!(c, right, "{on:?} {rows} {inner} {outputs}");
            }
        }
    }

    #[test]
    fn extreme_values_do_not_overflow() {
        let inner = 1536;
        let a = Quantised {
            rows: 6,
            stride: inner,
            values: vec![LARGEST_ACTIVATION; 6 * inner],
            scales: vec![1.0; 6],
        };
        let panels = IntPanels::pack(&vec![LARGEST_WEIGHT; 16 * inner], 16, inner);
        for on in Instructions::all() {
            let mut c = vec![0.0; 6 * 16];
            let product = IntProduct {
                a: &a,
                b: &panels,
                scales: &[1.0; 16],
                bias: &[0.0; 16],
                c: &mut c,
            };
            multiply_int(on, product);
            let right = inner as f32 * f32::from(LARGEST_WEIGHT) * f32::from(LARGEST_ACTIVATION);
            assert!(
                c.iter().all(|&v| (v / right - 1.0).abs() < 1e-6),
                "{on:?} {}",
                c[0]
            );
        }
    }
}
