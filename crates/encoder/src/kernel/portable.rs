//! Tiles in plain Rust: for other CPUs, and the measure of the others in tests.

use super::float::{FloatLine, FloatTile};
use super::integer::{IntLine, IntTile};
use super::{MOST_ROWS, PANEL};

/// Two rows by one panel: eight registers of four sums, as SSE2 and NEON have them to spare.
pub(super) struct Tile;

impl FloatTile for Tile {
    const ROWS: usize = 2;

    #[inline(always)]
    unsafe fn tile<const M: usize>(
        a: &[f32],
        stride: usize,
        panel: &[FloatLine],
        c: &mut [[f32; PANEL]; MOST_ROWS],
    ) {
        let mut sums = [[0.0; PANEL]; M];
        sums.copy_from_slice(&c[..M]);
        let rows: [&[f32]; M] = std::array::from_fn(|m| &a[m * stride..][..panel.len()]);
        for (i, line) in panel.iter().enumerate() {
            for (sum, row) in sums.iter_mut().zip(rows) {
                for (s, w) in sum.iter_mut().zip(line.0) {
                    *s += row[i] * w;
                }
            }
        }
        c[..M].copy_from_slice(&sums);
    }
}

impl IntTile for Tile {
    const ROWS: usize = 2;

    #[inline(always)]
    unsafe fn tile<const M: usize>(
        a: &[i16],
        stride: usize,
        panel: &[IntLine],
        sums: &mut [[i32; PANEL]; MOST_ROWS],
    ) {
        for (m, sum) in sums.iter_mut().enumerate().take(M) {
            let row = a[m * stride..][..2 * panel.len()].as_chunks::<2>().0;
            for (&[x, y], line) in row.iter().zip(panel) {
                for (s, &[u, v]) in sum.iter_mut().zip(line.0.as_chunks::<2>().0) {
                    let pair = i32::from(x) * i32::from(u) + i32::from(y) * i32::from(v);
                    *s = s.wrapping_add(pair);
                }
            }
        }
    }
}
