//! What the core can do at most: multiplications and additions of 32-bit floats a second.

use cpu_time::ThreadTime;

/// Steps of each loop: some 0.1 s.
const STEPS: usize = 20_000_000;
/// Chains of additions that do not wait for each other: more than an addition's latency in either pipe.
const CHAINS: usize = 12;

/// Floating-point operations a second by the best of the instructions that the encoder may use; `None` where this CPU
/// has none of them.
pub fn flops() -> Option<f64> {
    #[cfg(target_arch = "x86_64")]
    {
        let narrow = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        // SAFETY: the features that each function is compiled for were just detected.
        let narrow = narrow.then(|| rate(8, || unsafe { multiply_and_add_256() }));
        // SAFETY: likewise.
        let wide = is_x86_feature_detected!("avx512f")
            .then(|| rate(16, || unsafe { multiply_and_add_512() }));
        narrow.into_iter().chain(wide).reduce(f64::max)
    }
    #[cfg(not(target_arch = "x86_64"))]
    None
}

/// Operations a second of a loop whose instructions have this many lanes.
fn rate(lanes: usize, work: impl FnOnce() -> f32) -> f64 {
    let start = ThreadTime::now();
    std::hint::black_box(work());
    (STEPS * CHAINS * lanes * 2) as f64 / start.elapsed().as_secs_f64()
}

/// A function of fused multiply-adds in registers. The values stay near 1: no chain grows out of range or falls to
/// denormal numbers, which are slow.
macro_rules! multiply_and_add {
    ($name:ident, $features:literal, $set:ident, $fused:ident, $add:ident, $first:ident) => {
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = $features)]
        fn $name() -> f32 {
            use std::arch::x86_64::{$add, $first, $fused, $set};
            use std::hint::black_box;
            let (factor, term) = ($set(black_box(0.999)), $set(black_box(1e-3)));
            let mut sums = [$set(black_box(1.0)); CHAINS];
            for _ in 0..STEPS {
                for sum in &mut sums {
                    *sum = $fused(*sum, factor, term);
                }
            }
            let total = sums.into_iter().reduce(|a, b| $add(a, b));
            total.map_or(0.0, |total| $first(total))
        }
    };
}

multiply_and_add!(
    multiply_and_add_256,
    "avx2,fma",
    _mm256_set1_ps,
    _mm256_fmadd_ps,
    _mm256_add_ps,
    _mm256_cvtss_f32
);
multiply_and_add!(
    multiply_and_add_512,
    "avx512f",
    _mm512_set1_ps,
    _mm512_fmadd_ps,
    _mm512_add_ps,
    _mm512_cvtss_f32
);
