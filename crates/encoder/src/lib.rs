//! Text to subwords to vectors to head scores; weights arrive as bytes
