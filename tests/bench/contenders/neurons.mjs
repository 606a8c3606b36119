// One epoch of Xor in plain JavaScript, an object for each neuron and each link, as an
// interactive page would have it. Reads the same file and the same commands as epoch.c.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

class Link {
  constructor(source, weight) {
    Object.assign(this, { source, weight, gradient: 0 });
  }
}

class Neuron {
  constructor(activation) {
    Object.assign(this, { activation, links: [], bias: 0, biasGradient: 0, output: 0, received: 0 });
  }
  forward() {
    let sum = this.bias;
    for (const link of this.links) sum += link.weight * link.source.output;
    this.output = this.activation.value(sum);
    this.received = 0;
  }
  backward() {
    const d = this.received * this.activation.derivative(this.output);
    this.biasGradient += d;
    for (const link of this.links) {
      link.gradient += d * link.source.output;
      link.source.received += d * link.weight;
    }
  }
  step(rate) {
    this.bias -= rate * this.biasGradient;
    this.biasGradient = 0;
    for (const link of this.links) {
      link.weight -= rate * link.gradient;
      link.gradient = 0;
    }
  }
}

const relu = { value: (x) => (x > 0 ? x : 0), derivative: (y) => (y > 0 ? 1 : 0) };
const sigmoid = { value: (x) => 1 / (1 + Math.exp(-x)), derivative: (y) => y * (1 - y) };

const words = readFileSync(process.argv[2], "utf8").trim().split(/\s+/).map(Number);
const [hidden, count, rate, total] = words;
const parameters = words.slice(4, 4 + total);
const points = words.slice(4 + total);
const layers = [[new Neuron(relu), new Neuron(relu)]];
let at = 0;
for (const [size, activation] of [[hidden, relu], [hidden, relu], [1, sigmoid]]) {
  const before = layers.at(-1);
  const layer = Array.from({ length: size }, () => new Neuron(activation));
  for (const source of before)
    for (const neuron of layer) neuron.links.push(new Link(source, parameters[at++]));
  for (const neuron of layer) neuron.bias = parameters[at++];
  layers.push(layer);
}
const [inputs, ...computed] = layers;
const output = computed.at(-1)[0];

function epoch() {
  let loss = 0;
  for (let i = 0; i < 3 * count; i += 3) {
    inputs[0].output = points[i];
    inputs[1].output = points[i + 1];
    for (const layer of computed) for (const neuron of layer) neuron.forward();
    const right = points[i + 2] ? output.output : 1 - output.output;
    loss -= Math.log(right + 1e-6);
    output.received = ((points[i + 2] ? -1 : 1) / (right + 1e-6)) / count;
    for (let l = computed.length - 1; l >= 0; l--)
      for (const neuron of computed[l]) neuron.backward();
  }
  for (const layer of computed) for (const neuron of layer) neuron.step(rate);
  return loss;
}

for await (const line of createInterface({ input: process.stdin })) {
  let loss = 0;
  const start = performance.now();
  for (let i = 0; i < Number(line); i++) loss = epoch();
  console.log((performance.now() - start) / 1000, loss);
}
