//! Elementwise functions, written without branches so that compilers turn them into vector instructions.
//!
//! None uses fused multiply-add, and sums run in a fixed order: the result does not depend on the instructions.

use crate::kernel::vectorised;

/// Adding and subtracting this rounds a float below 2²² to the nearest integer.
const ROUND: f32 = 12_582_912.0;
/// Partial sums of a row; enough to keep eight-lane units busy.
const LANES: usize = 16;

/// e to the `x`, with relative error below 3e-7 for x in [-87, 88]; beyond, the value at the bound.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    // ln 2 in two parts (Cody and Waite), so that the reduction is exact.
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    // Coefficients of Cephes' expf.
    let mut p = 1.987_569_1e-4;
    for c in [
        1.398_199_9e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        1.666_666_5e-1,
        0.5,
    ] {
        p = p * r + c;
    }
    let fraction = p * r * r + r + 1.0;
    let exponent = shifted
        .to_bits()
        .wrapping_sub(ROUND.to_bits())
        .wrapping_add(127)
        << 23;
    fraction * f32::from_bits(exponent)
}

/// The error function, with absolute error below 5e-7: a rational approximation on [-4, 4] (as in Eigen and XLA).
#[inline(always)]
fn erf(x: f32) -> f32 {
    let x = x.clamp(-4.0, 4.0);
    let s = x * x;
    let mut p = -2.726_142_3e-10;
    for c in [
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_5e-5,
        -7.349_906_3e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ] {
        p = p * s + c;
    }
    let mut q = -1.456_607_2e-5;
    for c in [
        -2.133_740_6e-4,
        -1.682_827e-3,
        -7.373_329_2e-3,
        -1.426_473_9e-2,
    ] {
        q = q * s + c;
    }
    x * p / q
}

vectorised! {
    /// GELU by the error function, in place.
    pub(crate) fn gelu(values: &mut [f32]) {
        for v in values.iter_mut() {
            *v = 0.5 * *v * (1.0 + erf(*v * std::f32::consts::FRAC_1_SQRT_2));
        }
    }
}

vectorised! {
    /// Softmax of `scale` × each row of `width` numbers, in place; the rows lie `stride` apart.
    pub(crate) fn softmax_rows(values: &mut [f32], stride: usize, width: usize, scale: f32) {
        for row in values.chunks_mut(stride) {
            softmax_row(&mut row[..width], scale);
        }
    }
}

vectorised! {
    /// Layer normalisation of each row of `x`, in place; rows are as wide as `weight`.
    pub(crate) fn layer_norm(x: &mut [f32], weight: &[f32], bias: &[f32], epsilon: f32) {
        for row in x.chunks_mut(weight.len()) {
            let n = row.len() as f32;
            let mean = sum(row, |v| v) / n;
            let variance = sum(row, |v| (v - mean) * (v - mean)) / n;
            let scale = 1.0 / (variance + epsilon).sqrt();
            for ((v, w), b) in row.iter_mut().zip(weight).zip(bias) {
                *v = (*v - mean) * scale * w + b;
            }
        }
    }
}

vectorised! {
    /// Adds `other` to `x`, number by number.
    pub(crate) fn add(x: &mut [f32], other: &[f32]) {
        for (v, o) in x.iter_mut().zip(other) {
            *v += o;
        }
    }
}

vectorised! {
    /// Quantises one row to integers within ±`limit`; gives the scale that multiplies them back.
    pub(crate) fn quantise_row(row: &[f32], limit: f32, out: &mut [i16]) -> f32 {
        let largest = fold(row, 0.0, |a, v| a.max(v.abs()), f32::max);
        if largest == 0.0 || !largest.is_finite() {
            out.fill(0);
            return 0.0;
        }
        let inverse = limit / largest;
        for (q, v) in out.iter_mut().zip(row) {
            *q = (v * inverse + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i16;
        }
        largest / limit
    }
}

/// Folds a row in [`LANES`] partial results, which are then folded in order.
#[inline(always)]
fn fold(
    row: &[f32],
    start: f32,
    step: impl Fn(f32, f32) -> f32,
    join: impl Fn(f32, f32) -> f32,
) -> f32 {
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut lanes = [start; LANES];
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] = step(lanes[i], chunk[i]);
        }
    }
    let tail = rest.iter().fold(start, |a, &v| step(a, v));
    lanes.iter().fold(tail, |a, &b| join(a, b))
}

#[inline(always)]
fn sum(row: &[f32], value: impl Fn(f32) -> f32) -> f32 {
    fold(row, 0.0, |a, v| a + value(v), |a, b| a + b)
}

#[inline(always)]
fn softmax_row(row: &mut [f32], scale: f32) {
    let top = fold(row, f32::NEG_INFINITY, f32::max, f32::max);
    for v in row.iter_mut() {
        *v = exp((*v - top) * scale);
    }
    let inverse = 1.0 / sum(row, |v| v);
    for v in row.iter_mut() {
        *v *= inverse;
    }
}

/// Scalar product.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let n = a.len().min(b.len());
    let (a, b) = (&a[..n], &b[..n]);
    let ((xs, x), (ys, y)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut lanes = [0.0; LANES];
    for (p, q) in xs.iter().zip(ys) {
        for i in 0..LANES {
            lanes[i] += p[i] * q[i];
        }
    }
    let tail: f32 = x.iter().zip(y).map(|(p, q)| p * q).sum();
    lanes.iter().fold(tail, |a, b| a + b)
}

/// Scores to probabilities, in place. Empty stays empty.
pub fn softmax(scores: &mut [f32]) {
    softmax_row(scores, 1.0);
}

/// [`softmax`] of each run of labels, with the sizes that [`Biaffine::groups`](crate::Biaffine::groups) gives.
pub fn softmax_groups(scores: &mut [f32], groups: &[usize]) {
    let mut rest = scores;
    for &size in groups {
        let Some((group, after)) = rest.split_at_mut_checked(size) else {
            return;
        };
        softmax(group);
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Instructions;

    /// The error function by its series, in double precision; good to 1e-12 for |x| ≤ 4.
    fn series(x: f64) -> f64 {
        let (mut term, mut sum) = (x, x);
        for n in 1..200 {
            term *= -x * x / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        sum * 2.0 / std::f64::consts::PI.sqrt()
    }

    #[test]
    fn erf_is_within_a_millionth() {
        for i in -4500..=4500 {
            let x = i as f32 / 1000.0;
            let right = if x.abs() > 4.2 {
                f64::from(x.signum())
            } else {
                series(f64::from(x))
            };
            assert!(
                (f64::from(erf(x)) - right).abs() < 5e-7,
                "{x}: {} {right}",
                erf(x)
            );
        }
    }

    #[test]
    fn exp_is_within_three_ten_millionths() {
        for i in -8700..=8800 {
            let x = i as f32 / 100.0;
            let right = f64::from(x).exp();
            assert!((f64::from(exp(x)) / right - 1.0).abs() < 3e-7, "{x}");
        }
        assert!(exp(-1e30) < 1e-37 && exp(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn all_instructions_give_the_same_bits() {
        let x: Vec<f32> = (0..203)
            .map(|i| ((i * 7919) % 1000) as f32 / 100.0 - 5.0)
            .collect();
        let run = |on: Instructions| {
            let (mut a, mut b, mut c, mut q) = (x.clone(), x.clone(), x.clone(), vec![0; x.len()]);
            gelu(on, &mut a);
            softmax_rows(on, &mut b, 29, 27, 0.3);
            layer_norm(on, &mut c, &x[..29], &x[29..58], 1e-12);
            add(on, &mut c, &x);
            let scale = quantise_row(on, &x, 4095.0, &mut q);
            (a, b, c, q, scale)
        };
        for on in Instructions::all() {
            assert_eq!(run(on), run(Instructions::portable()), "{on:?}");
        }
    }

    #[test]
    fn quantised_rows_keep_their_values() {
        let row: Vec<f32> = (0..40).map(|i| (i as f32 * 0.7).sin() * 3.0).collect();
        let mut q = vec![0; 40];
        let scale = quantise_row(Instructions::best(), &row, 4095.0, &mut q);
        assert_eq!(q.iter().map(|v| v.abs()).max(), Some(4095));
        for (v, q) in row.iter().zip(&q) {
            assert!((v - f32::from(*q) * scale).abs() <= scale * 0.501);
        }
        assert_eq!(
            quantise_row(Instructions::best(), &[0.0; 3], 4095.0, &mut q[..3]),
            0.0
        );
        assert_eq!(
            quantise_row(
                Instructions::best(),
                &[f32::INFINITY, 1.0],
                4095.0,
                &mut q[..2]
            ),
            0.0
        );
    }

    #[test]
    fn probabilities_sum_to_one_in_each_group() {
        let mut scores = [1.0, 2.0, 3.0, 0.5, -0.5];
        softmax_groups(&mut scores, &[3, 2]);
        assert!((scores[..3].iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!((scores[3..].iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!((scores[2] / scores[1] - std::f32::consts::E).abs() < 1e-5);
        softmax(&mut []);
    }
}
