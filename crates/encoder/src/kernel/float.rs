//! Products of float matrices: `c += a · bᵀ`, with b in panels of 16 outputs.

use super::{Instructions, MOST_ROWS, PANEL, Set, portable};

/// One step along the inner dimension of one panel: a cache line.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct FloatLine(pub [f32; PANEL]);

/// A matrix in panels of 16 outputs; outputs beyond the last are zero.
#[derive(Debug, Default)]
pub(crate) struct FloatPanels {
    pub inner: usize,
    pub outputs: usize,
    lines: Vec<FloatLine>,
}

impl FloatPanels {
    /// Packs the matrix whose value at (output, inner) is given by `value`.
    pub fn fill(&mut self, outputs: usize, inner: usize, value: impl Fn(usize, usize) -> f32) {
        (self.outputs, self.inner) = (outputs, inner);
        self.lines.clear();
        self.lines
            .resize(outputs.div_ceil(PANEL) * inner, FloatLine([0.0; PANEL]));
        for o in 0..outputs {
            let panel = &mut self.lines[o / PANEL * inner..][..inner];
            for (i, line) in panel.iter_mut().enumerate() {
                line.0[o % PANEL] = value(o, i);
            }
        }
    }

    /// Packs a matrix that lies transposed: row `i` of `rows` holds the values of inner index i for all outputs.
    pub fn fill_transposed<'r>(
        &mut self,
        outputs: usize,
        rows: impl ExactSizeIterator<Item = &'r [f32]>,
    ) {
        let inner = rows.len();
        (self.outputs, self.inner) = (outputs, inner);
        self.lines.clear();
        self.lines
            .resize(outputs.div_ceil(PANEL) * inner, FloatLine([0.0; PANEL]));
        for (i, row) in rows.enumerate() {
            for (p, part) in row[..outputs].chunks(PANEL).enumerate() {
                self.lines[p * inner + i].0[..part.len()].copy_from_slice(part);
            }
        }
    }
}

/// `c[r][o] += Σ a[r][i] · b[o][i]`; rows of `a` and `c` lie `a_stride` and `c_stride` numbers apart.
pub(crate) struct FloatProduct<'a> {
    pub rows: usize,
    pub a: &'a [f32],
    pub a_stride: usize,
    pub b: &'a FloatPanels,
    pub c: &'a mut [f32],
    pub c_stride: usize,
}

impl FloatProduct<'_> {
    fn check(&self) {
        let last = self.rows - 1;
        assert!(
            self.a.len() >= last * self.a_stride + self.b.inner,
            "rows of `a` are within it"
        );
        assert!(
            self.c.len() >= last * self.c_stride + self.b.outputs,
            "rows of `c` are within it"
        );
        assert!(
            self.b.lines.len() == self.b.outputs.div_ceil(PANEL) * self.b.inner,
            "panels are whole"
        );
    }
}

/// A tile of up to `ROWS` rows by one panel.
pub(crate) trait FloatTile {
    /// Rows of a full tile, at most [`MOST_ROWS`].
    const ROWS: usize;

    /// Adds to the first `M` rows of `c` the product of `M` rows of `a`, each `panel.len()` wide, with the panel.
    ///
    /// # Safety
    /// The CPU has the tile's instructions, and `a` has `panel.len()` values at each of `M` rows, `stride` apart.
    unsafe fn tile<const M: usize>(
        a: &[f32],
        stride: usize,
        panel: &[FloatLine],
        c: &mut [[f32; PANEL]; MOST_ROWS],
    );
}

/// Adds the product to `c`. A row's result does not depend on the other rows.
pub(crate) fn multiply_float(on: Instructions, product: FloatProduct<'_>) {
    if product.rows == 0 || product.b.inner == 0 {
        return;
    }
    product.check();
    match on.0 {
        // SAFETY: the portable tile needs no instructions; the bounds were checked.
        Set::Portable => unsafe { drive::<portable::Tile>(product) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: `Set::Avx2` is only made after AVX2 and FMA were detected; the bounds were checked.
        Set::Avx2 => unsafe { super::avx2::drive_float(product) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: `Set::Avx512` is only made after its instructions were detected; the bounds were checked.
        Set::Avx512 => unsafe { super::avx512::drive_float(product) },
    }
}

/// Inner steps in one block: 12 KiB of a panel, which stay in the first cache while the rows pass.
const STEPS: usize = 192;
/// Rows in one block, which stay in the second cache while the panels pass; a multiple of every tile's rows.
const ROWS: usize = 240;

/// Walks the product in tiles.
///
/// # Safety
/// `product.check()` passed, and the CPU has the instructions of `T`.
#[inline(always)]
pub(super) unsafe fn drive<T: FloatTile>(product: FloatProduct<'_>) {
    let FloatProduct {
        rows,
        a,
        a_stride,
        b,
        c,
        c_stride,
    } = product;
    for first in (0..rows).step_by(ROWS) {
        let end = rows.min(first + ROWS);
        for (p, panel) in b.lines.chunks_exact(b.inner).enumerate() {
            let columns = p * PANEL..b.outputs.min((p + 1) * PANEL);
            for (block, steps) in panel.chunks(STEPS).enumerate() {
                for row in (first..end).step_by(T::ROWS) {
                    let count = T::ROWS.min(end - row);
                    let mut tile = [[0.0; PANEL]; MOST_ROWS];
                    for (r, line) in tile.iter_mut().enumerate().take(count) {
                        read(line, &c[(row + r) * c_stride..][columns.clone()]);
                    }
                    let part = &a[row * a_stride + block * STEPS..];
                    // SAFETY: as this function's; `count` rows of `part` are within `a`.
                    unsafe { tile_of::<T>(count, part, a_stride, steps, &mut tile) };
                    for (r, line) in tile.iter().enumerate().take(count) {
                        write(&mut c[(row + r) * c_stride..][columns.clone()], line);
                    }
                }
            }
        }
    }
}

/// Copies a row of a tile; whole rows, which are most, without a call.
#[inline(always)]
fn read(line: &mut [f32; PANEL], from: &[f32]) {
    match from.try_into() {
        Ok(whole) => *line = whole,
        Err(_) => line[..from.len()].copy_from_slice(from),
    }
}

/// Copies a row of a tile back.
#[inline(always)]
fn write(to: &mut [f32], line: &[f32; PANEL]) {
    match <&mut [f32; PANEL]>::try_from(&mut *to) {
        Ok(whole) => *whole = *line,
        Err(_) => to.copy_from_slice(&line[..to.len()]),
    }
}

/// # Safety
/// As [`FloatTile::tile`] with `M` = `count`, which is 1 to [`MOST_ROWS`].
#[inline(always)]
unsafe fn tile_of<T: FloatTile>(
    count: usize,
    a: &[f32],
    stride: usize,
    panel: &[FloatLine],
    c: &mut [[f32; PANEL]; MOST_ROWS],
) {
    // SAFETY: as this function's.
    unsafe {
        match count {
            1 => T::tile::<1>(a, stride, panel, c),
            2 => T::tile::<2>(a, stride, panel, c),
            3 => T::tile::<3>(a, stride, panel, c),
            4 => T::tile::<4>(a, stride, panel, c),
            5 => T::tile::<5>(a, stride, panel, c),
            6 => T::tile::<6>(a, stride, panel, c),
            7 => T::tile::<7>(a, stride, panel, c),
            8 => T::tile::<8>(a, stride, panel, c),
            9 => T::tile::<9>(a, stride, panel, c),
            10 => T::tile::<10>(a, stride, panel, c),
            11 => T::tile::<11>(a, stride, panel, c),
            _ => T::tile::<12>(a, stride, panel, c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_equal_the_plain_sum() {
        for (rows, inner, outputs) in [
            (1, 1, 1),
            (7, 48, 33),
            (13, 400, 16),
            (250, 12, 5),
            (6, 192, 16),
        ] {
            let a: Vec<f32> = (0..rows * inner)
                .map(|i| ((i * 31 % 17) as f32 - 8.0) / 8.0)
                .collect();
            let b: Vec<f32> = (0..outputs * inner)
                .map(|i| ((i * 37 % 23) as f32 - 11.0) / 16.0)
                .collect();
            let mut panels = FloatPanels::default();
            panels.fill(outputs, inner, |o, i| b[o * inner + i]);
            for on in Instructions::all() {
                let mut c = vec![0.5; rows * outputs];
                let product = FloatProduct {
                    rows,
                    a: &a,
                    a_stride: inner,
                    b: &panels,
                    c: &mut c,
                    c_stride: outputs,
                };
                multiply_float(on, product);
                for (r, o) in (0..rows).flat_map(|r| (0..outputs).map(move |o| (r, o))) {
                    let right: f32 = (0..inner)
                        .map(|i| a[r * inner + i] * b[o * inner + i])
                        .sum::<f32>()
                        + 0.5;
                    // All values are small multiples of 1/128: the sums are exact in any order.
                    assert_eq!(
                        c[r * outputs + o],
                        right,
                        "{on:?} {rows} {inner} {outputs}: {r} {o}"
                    );
                }
            }
        }
    }

    #[test]
    fn transposed_panels_are_the_same() {
        let values: Vec<f32> = (0..7 * 20).map(|i| i as f32).collect();
        let (mut plain, mut transposed) = (FloatPanels::default(), FloatPanels::default());
        plain.fill(20, 7, |o, i| values[i * 20 + o]);
        transposed.fill_transposed(20, values.chunks(20));
        let numbers = |p: &FloatPanels| p.lines.iter().flat_map(|l| l.0).collect::<Vec<_>>();
        assert_eq!(numbers(&plain), numbers(&transposed));
    }
}
