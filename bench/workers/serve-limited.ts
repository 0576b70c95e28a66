// node serve-limited.ts QUESTIONS-A-SECOND LATENCY-MS: answers so many questions in any second, each after the
// latency, and refuses the others with 429; prints its address, and says at /counts what became of them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const [perSecond = 0, latency = 0] = process.argv.slice(-2).map(Number);
const counts = { answered: 0, refused: 0 };
let recent: number[] = [];

const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/counts') {
        response.end(JSON.stringify(counts));
        return;
    }
    const now = performance.now();
    recent = recent.filter((time) => time > now - 1000);
    const isAllowed = recent.length < perSecond;
    if (isAllowed) recent.push(now);
    await wait(latency);
    if (isAllowed) {
        counts.answered += 1;
        response.end('{"rows":[]}');
    } else {
        counts.refused += 1;
        response.writeHead(429, { 'retry-after': '1' }).end('{}');
    }
});
server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
