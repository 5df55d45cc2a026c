//! A linear layer's weights, packed for the arithmetic that is used when it is first used.

use std::sync::OnceLock;

use crate::error::ModelError;
use crate::integers::Integers;
use crate::kernel::{
    Arithmetic, FloatPanels, FloatProduct, Instructions, IntPanels, IntProduct, Quantised,
    multiply_float, multiply_int,
};
use crate::tensors::Tensors;

/// How products are computed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Engine {
    pub arithmetic: Arithmetic,
    pub on: Instructions,
}

/// Rows of activations, in the form that the arithmetic needs.
#[derive(Clone, Copy)]
pub(crate) enum Input<'a> {
    Float(&'a [f32]),
    Int(&'a Quantised),
}

impl Engine {
    /// Readies rows of `width` numbers; `quantised` is overwritten where the arithmetic needs it.
    pub fn input<'a>(self, x: &'a [f32], width: usize, quantised: &'a mut Quantised) -> Input<'a> {
        match self.arithmetic {
            Arithmetic::F32 => Input::Float(x),
            Arithmetic::Int16 => {
                quantised.fill(self.on, x, width);
                Input::Int(quantised)
            }
        }
    }
}

/// Weights `[outputs, inputs]` as integers with a scale for each output, and a bias.
pub(crate) struct Matrix {
    pub inputs: usize,
    pub outputs: usize,
    weight: Integers,
    scale: Vec<f32>,
    bias: Vec<f32>,
    int: OnceLock<IntPanels>,
    float: OnceLock<FloatPanels>,
}

impl Matrix {
    /// Reads `NAME.weight`, `NAME.scale` and `NAME.bias`.
    pub fn load(
        tensors: &mut Tensors,
        name: &str,
        outputs: usize,
        inputs: usize,
    ) -> Result<Self, ModelError> {
        let bias = tensors.floats(&format!("{name}.bias"), &[outputs])?;
        Self::with_bias(tensors, name, outputs, inputs, bias)
    }

    /// Reads `NAME.weight` and `NAME.scale`, where there is no bias.
    pub fn load_unbiased(
        tensors: &mut Tensors,
        name: &str,
        outputs: usize,
        inputs: usize,
    ) -> Result<Self, ModelError> {
        Self::with_bias(tensors, name, outputs, inputs, vec![0.0; outputs])
    }

    fn with_bias(
        tensors: &mut Tensors,
        name: &str,
        outputs: usize,
        inputs: usize,
        bias: Vec<f32>,
    ) -> Result<Self, ModelError> {
        let weight = Integers::load(tensors, &format!("{name}.weight"), outputs, inputs)?;
        let scale = tensors.floats(&format!("{name}.scale"), &[outputs])?;
        let (int, float) = (OnceLock::new(), OnceLock::new());
        Ok(Self {
            inputs,
            outputs,
            weight,
            scale,
            bias,
            int,
            float,
        })
    }

    /// Sets `out` to one row of outputs for each row of `input`.
    pub fn apply(&self, engine: Engine, input: Input<'_>, out: &mut Vec<f32>) {
        match input {
            Input::Float(x) => self.apply_float(engine.on, x, out),
            Input::Int(a) => {
                let b = self.int.get_or_init(|| {
                    IntPanels::pack(&self.weight.values(), self.outputs, self.inputs)
                });
                // Every value is written: what the vector held before may stay.
                out.resize(a.rows() * self.outputs, 0.0);
                multiply_int(
                    engine.on,
                    IntProduct {
                        a,
                        b,
                        scales: &self.scale,
                        bias: &self.bias,
                        c: out,
                    },
                );
            }
        }
    }

    fn apply_float(&self, on: Instructions, a: &[f32], c: &mut Vec<f32>) {
        let b = self.float.get_or_init(|| self.unpacked());
        let rows = a.len() / self.inputs;
        c.clear();
        for _ in 0..rows {
            c.extend_from_slice(&self.bias);
        }
        multiply_float(
            on,
            FloatProduct {
                rows,
                a,
                a_stride: self.inputs,
                b,
                c,
                c_stride: self.outputs,
            },
        );
    }

    fn unpacked(&self) -> FloatPanels {
        let (integers, mut panels) = (self.weight.values(), FloatPanels::default());
        panels.fill(self.outputs, self.inputs, |o, i| {
            f32::from(integers[o * self.inputs + i]) * self.scale[o]
        });
        panels
    }
}
