//! Tiles for x86-64 with AVX-512 and VNNI: twelve rows by one register, which holds the sums of a whole panel.

use std::arch::x86_64::{
    _mm512_dpwssd_epi32, _mm512_fmadd_ps, _mm512_load_ps, _mm512_load_si512, _mm512_loadu_ps,
    _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_ps, _mm512_setzero_si512, _mm512_storeu_ps,
    _mm512_storeu_si512,
};

use super::float::{FloatLine, FloatProduct, FloatTile};
use super::integer::{IntLine, IntProduct, IntTile};
use super::{MOST_ROWS, PANEL, float, integer};

struct Tile;

/// # Safety
/// The CPU has AVX2, FMA and AVX-512 F and VNNI, and the product's bounds were checked.
#[target_feature(enable = "avx2,fma,avx512f,avx512vnni")]
pub(super) unsafe fn drive_float(product: FloatProduct<'_>) {
    // SAFETY: as this function's.
    unsafe { float::drive::<Tile>(product) }
}

/// # Safety
/// The CPU has AVX2, FMA and AVX-512 F and VNNI, and the product's bounds were checked.
#[target_feature(enable = "avx2,fma,avx512f,avx512vnni")]
pub(super) unsafe fn drive_int(product: IntProduct<'_>) {
    // SAFETY: as this function's.
    unsafe { integer::drive::<Tile>(product) }
}

impl FloatTile for Tile {
    const ROWS: usize = 12;

    #[inline]
    #[target_feature(enable = "avx2,fma,avx512f,avx512vnni")]
    unsafe fn tile<const M: usize>(
        a: &[f32],
        stride: usize,
        panel: &[FloatLine],
        c: &mut [[f32; PANEL]; MOST_ROWS],
    ) {
        debug_assert!(a.len() >= (M - 1) * stride + panel.len());
        let mut sums = [_mm512_setzero_ps(); M];
        for (sum, row) in sums.iter_mut().zip(c.iter()) {
            // SAFETY: a row of `c` has 16 numbers.
            *sum = unsafe { _mm512_loadu_ps(row.as_ptr()) };
        }
        for (i, line) in panel.iter().enumerate() {
            // SAFETY: a line has 16 numbers and starts at a multiple of 64 bytes.
            let weights = unsafe { _mm512_load_ps(line.0.as_ptr()) };
            for (m, sum) in sums.iter_mut().enumerate() {
                // SAFETY: the caller has `panel.len()` values at each of M rows, and `i` is below that.
                let x = _mm512_set1_ps(unsafe { *a.get_unchecked(m * stride + i) });
                *sum = _mm512_fmadd_ps(x, weights, *sum);
            }
        }
        for (sum, row) in sums.iter().zip(c.iter_mut()) {
            // SAFETY: a row of `c` has 16 numbers.
            unsafe { _mm512_storeu_ps(row.as_mut_ptr(), *sum) };
        }
    }
}

impl IntTile for Tile {
    const ROWS: usize = 12;

    #[inline]
    #[target_feature(enable = "avx2,fma,avx512f,avx512vnni")]
    unsafe fn tile<const M: usize>(
        a: &[i16],
        stride: usize,
        panel: &[IntLine],
        sums: &mut [[i32; PANEL]; MOST_ROWS],
    ) {
        debug_assert!(a.len() >= (M - 1) * stride + 2 * panel.len());
        let mut acc = [_mm512_setzero_si512(); M];
        for (i, line) in panel.iter().enumerate() {
            // SAFETY: a line has 32 numbers of 16 bits and starts at a multiple of 64 bytes.
            let weights = unsafe { _mm512_load_si512(line.0.as_ptr().cast()) };
            for (m, sum) in acc.iter_mut().enumerate() {
                // SAFETY: the caller has `panel.len()` pairs at each of M rows, and `i` is below that; a pair of
                // 16-bit numbers is read as one of 32 bits, at any alignment.
                let pair: i32 = unsafe {
                    a.as_ptr()
                        .add(m * stride + 2 * i)
                        .cast::<i32>()
                        .read_unaligned()
                };
                *sum = _mm512_dpwssd_epi32(*sum, weights, _mm512_set1_epi32(pair));
            }
        }
        for (sum, row) in acc.iter().zip(sums.iter_mut()) {
            // SAFETY: a row of `sums` has 16 numbers of 32 bits.
            unsafe { _mm512_storeu_si512(row.as_mut_ptr().cast(), *sum) };
        }
    }
}
