//! What the core can do at most: multiplications and additions of 32-bit floats a second.

use cpu_time::ThreadTime;

/// Steps of the loop: some 0.1 s.
const STEPS: usize = 20_000_000;
/// Chains of additions that do not wait for each other: more than an addition's latency in either pipe.
const CHAINS: usize = 12;

/// Floating-point operations a second with AVX2 and FMA, the instructions of the encoder; `None` where this CPU has none.
pub fn flops() -> Option<f64> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        let start = ThreadTime::now();
        // SAFETY: the two features that the function is compiled for were just detected.
        std::hint::black_box(unsafe { multiply_and_add() });
        let seconds = start.elapsed().as_secs_f64();
        return Some((STEPS * CHAINS * 8 * 2) as f64 / seconds);
    }
    None
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn multiply_and_add() -> f32 {
    use std::arch::x86_64::{_mm256_add_ps, _mm256_cvtss_f32, _mm256_fmadd_ps, _mm256_set1_ps};
    use std::hint::black_box;
    // Values that stay near 1: no chain grows out of range or falls to denormal numbers, which are slow.
    let (factor, term) = (
        _mm256_set1_ps(black_box(0.999)),
        _mm256_set1_ps(black_box(1e-3)),
    );
    let mut sums = [_mm256_set1_ps(black_box(1.0)); CHAINS];
    for _ in 0..STEPS {
        for sum in &mut sums {
            *sum = _mm256_fmadd_ps(*sum, factor, term);
        }
    }
    let total = sums.into_iter().reduce(|a, b| _mm256_add_ps(a, b));
    total.map_or(0.0, |total| _mm256_cvtss_f32(total))
}
