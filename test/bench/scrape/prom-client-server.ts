// The usual way to serve metrics: prom-client's registry on express, behind compression. Its gauges are set once, from the
// text in the file that is named first; it listens on the port that is named second.
import { readFileSync } from 'node:fs';
import compression from 'compression';
import express from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { readText } from '../../support/exposition.ts';

const [file = '', port] = process.argv.slice(2);
const registry = new Registry();
collectDefaultMetrics({ register: registry });
const { samples, helps } = readText(readFileSync(file, 'utf8'));
const gauges = new Map<string, Gauge>();
for (const { name } of samples) {
  if (gauges.has(name)) continue;
  const labelNames = [
    ...new Set(samples.filter((other) => other.name === name).flatMap(({ labels }) => Object.keys(labels))),
  ];
  gauges.set(name, new Gauge({ name, help: helps.get(name) ?? name, labelNames, registers: [registry] }));
}
for (const { name, labels, value } of samples) gauges.get(name)?.set(labels, Number(value));

const app = express();
app.use(compression());
app.get('/metrics', async (_request, response) => {
  response.set('Content-Type', registry.contentType);
  response.end(await registry.metrics());
});
app.listen(Number(port), '127.0.0.1');
