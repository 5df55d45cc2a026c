//! Tiles for x86-64 with AVX2 and FMA: six rows by two registers, so that twelve sums hide the latency of one.

use std::arch::x86_64::{
    _mm256_add_epi32, _mm256_fmadd_ps, _mm256_load_ps, _mm256_load_si256, _mm256_loadu_ps,
    _mm256_madd_epi16, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_ps, _mm256_setzero_si256,
    _mm256_storeu_ps, _mm256_storeu_si256,
};

use super::float::{FloatLine, FloatProduct, FloatTile};
use super::integer::{IntLine, IntProduct, IntTile};
use super::{MOST_ROWS, PANEL, float, integer};

struct Tile;

/// # Safety
/// The CPU has AVX2 and FMA, and the product's bounds were checked.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn drive_float(product: FloatProduct<'_>) {
    // SAFETY: as this function's.
    unsafe { float::drive::<Tile>(product) }
}

/// # Safety
/// The CPU has AVX2 and FMA, and the product's bounds were checked.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn drive_int(product: IntProduct<'_>) {
    // SAFETY: as this function's.
    unsafe { integer::drive::<Tile>(product) }
}

impl FloatTile for Tile {
    const ROWS: usize = 6;

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn tile<const M: usize>(
        a: &[f32],
        stride: usize,
        panel: &[FloatLine],
        c: &mut [[f32; PANEL]; MOST_ROWS],
    ) {
        debug_assert!(a.len() >= (M - 1) * stride + panel.len());
        let mut sums = [[_mm256_setzero_ps(); 2]; M];
        for (sum, row) in sums.iter_mut().zip(c.iter()) {
            // SAFETY: a row of `c` has 16 numbers.
            *sum = unsafe {
                [
                    _mm256_loadu_ps(row.as_ptr()),
                    _mm256_loadu_ps(row.as_ptr().add(8)),
                ]
            };
        }
        for (i, line) in panel.iter().enumerate() {
            // SAFETY: a line has 16 numbers and starts at a multiple of 64 bytes.
            let (low, high) = unsafe {
                (
                    _mm256_load_ps(line.0.as_ptr()),
                    _mm256_load_ps(line.0.as_ptr().add(8)),
                )
            };
            for (m, sum) in sums.iter_mut().enumerate() {
                // SAFETY: the caller has `panel.len()` values at each of M rows, and `i` is below that.
                let x = _mm256_set1_ps(unsafe { *a.get_unchecked(m * stride + i) });
                *sum = [
                    _mm256_fmadd_ps(x, low, sum[0]),
                    _mm256_fmadd_ps(x, high, sum[1]),
                ];
            }
        }
        for (sum, row) in sums.iter().zip(c.iter_mut()) {
            // SAFETY: a row of `c` has 16 numbers.
            unsafe {
                _mm256_storeu_ps(row.as_mut_ptr(), sum[0]);
                _mm256_storeu_ps(row.as_mut_ptr().add(8), sum[1]);
            }
        }
    }
}

impl IntTile for Tile {
    const ROWS: usize = 6;

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn tile<const M: usize>(
        a: &[i16],
        stride: usize,
        panel: &[IntLine],
        sums: &mut [[i32; PANEL]; MOST_ROWS],
    ) {
        debug_assert!(a.len() >= (M - 1) * stride + 2 * panel.len());
        let mut acc = [[_mm256_setzero_si256(); 2]; M];
        for (i, line) in panel.iter().enumerate() {
            let at = line.0.as_ptr();
            // SAFETY: a line has 32 numbers of 16 bits and starts at a multiple of 64 bytes.
            let (low, high) = unsafe {
                (
                    _mm256_load_si256(at.cast()),
                    _mm256_load_si256(at.add(16).cast()),
                )
            };
            for (m, sum) in acc.iter_mut().enumerate() {
                // SAFETY: the caller has `panel.len()` pairs at each of M rows, and `i` is below that; a pair of
                // 16-bit numbers is read as one of 32 bits, at any alignment.
                let pair: i32 = unsafe {
                    a.as_ptr()
                        .add(m * stride + 2 * i)
                        .cast::<i32>()
                        .read_unaligned()
                };
                let x = _mm256_set1_epi32(pair);
                sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(x, low));
                sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(x, high));
            }
        }
        for (sum, row) in acc.iter().zip(sums.iter_mut()) {
            // SAFETY: a row of `sums` has 16 numbers of 32 bits.
            unsafe {
                _mm256_storeu_si256(row.as_mut_ptr().cast(), sum[0]);
                _mm256_storeu_si256(row.as_mut_ptr().add(8).cast(), sum[1]);
            }
        }
    }
}
