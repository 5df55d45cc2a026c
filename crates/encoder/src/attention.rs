//! Attention between the pieces of one window, a head at a time.

use std::ops::Range;

use crate::kernel::{FloatPanels, FloatProduct, Instructions, multiply_float};
use crate::math::softmax_rows;

/// Sizes of the attention.
#[derive(Clone, Copy)]
pub(crate) struct Heads {
    pub count: usize,
    pub hidden: usize,
}

/// Memory that is used again for each head.
#[derive(Default)]
pub(crate) struct Attention {
    keys: FloatPanels,
    values: FloatPanels,
    scores: Vec<f32>,
}

impl Attention {
    /// Sets `context` (rows × hidden) from `qkv` (rows × query, key, value) for windows of rows.
    pub fn run(
        &mut self,
        on: Instructions,
        heads: Heads,
        qkv: &[f32],
        windows: &[Range<usize>],
        context: &mut Vec<f32>,
    ) {
        context.clear();
        context.resize(qkv.len() / 3, 0.0);
        for window in windows {
            for head in 0..heads.count {
                self.one(on, heads, head, qkv, window.clone(), context);
            }
        }
    }

    fn one(
        &mut self,
        on: Instructions,
        heads: Heads,
        head: usize,
        qkv: &[f32],
        rows: Range<usize>,
        out: &mut [f32],
    ) {
        let (hidden, n) = (heads.hidden, rows.len());
        let (size, stride) = (hidden / heads.count, 3 * heads.hidden);
        let qkv = &qkv[rows.start * stride..rows.end * stride];
        let (q, k, v) = (head * size, hidden + head * size, 2 * hidden + head * size);

        self.keys.fill(n, size, |o, i| qkv[o * stride + k + i]);
        let width = n.next_multiple_of(super::kernel::PANEL);
        self.scores.clear();
        self.scores.resize(n * width, 0.0);
        let (a, c) = (&qkv[q..], self.scores.as_mut_slice());
        multiply_float(
            on,
            FloatProduct {
                rows: n,
                a,
                a_stride: stride,
                b: &self.keys,
                c,
                c_stride: width,
            },
        );
        softmax_rows(on, &mut self.scores, width, n, 1.0 / (size as f32).sqrt());

        self.values
            .fill_transposed(size, qkv.chunks_exact(stride).map(|row| &row[v..v + size]));
        let c = &mut out[rows.start * hidden + q..];
        multiply_float(
            on,
            FloatProduct {
                rows: n,
                a: &self.scores,
                a_stride: width,
                b: &self.values,
                c,
                c_stride: hidden,
            },
        );
    }
}
