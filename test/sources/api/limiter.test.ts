import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../../pipelines/sources/api/limiter.ts';
import { createTestClock } from './test-clock.ts';

describe('a limiter', () => {
    it('starts at nine tenths of the published rate', async () => {
        const clock = createTestClock();
        const start = clock.now();
        const limiter = createLimiter(10, clock);
        for (let question = 0; question < 91; question++) await limiter.take();
        const seconds = (clock.now() - start) / 1000;
        expect(90 / seconds).toBeGreaterThan(8.9);
        expect(90 / seconds).toBeLessThanOrEqual(9.6);
    });

    it('halves at most once in five seconds', () => {
        const clock = createTestClock();
        const limiter = createLimiter(10, clock);
        limiter.noteLimit();
        limiter.noteLimit();
        expect(limiter.rate()).toBe(4.5);
        clock.advance(4999);
        limiter.noteLimit();
        expect(limiter.rate()).toBe(4.5);
        clock.advance(1);
        limiter.noteLimit();
        expect(limiter.rate()).toBe(2.25);
    });

    it('never falls so low that it stands still', () => {
        const clock = createTestClock();
        const limiter = createLimiter(10, clock);
        for (let limit = 0; limit < 100; limit++) {
            limiter.noteLimit();
            clock.advance(5000);
        }
        expect(limiter.rate()).toBeCloseTo(0.2);
    });

    it('rises by half a question a second after fifty good answers, but not to all that is allowed', () => {
        const limiter = createLimiter(10, createTestClock());
        limiter.noteLimit();
        for (let good = 0; good < 49; good++) limiter.noteGood();
        expect(limiter.rate()).toBe(4.5);
        limiter.noteGood();
        expect(limiter.rate()).toBe(5);
        for (let good = 0; good < 1000; good++) limiter.noteGood();
        expect(limiter.rate()).toBe(9.5);
    });

    it.each([2, 10, 100])(
        'never asks more than %i in a second, though timers and questions are late',
        async (allowed) => {
            const late = [0, 45, 3, 80, 0, 0, 12, 1, 200, 0, 7];
            const clock = createTestClock();
            let place = 0;
            const own = {
                ...clock,
                sleep: async (milliseconds: number) =>
                    clock.sleep(milliseconds + (late[place++ % late.length] ?? 0)),
            };
            const limiter = createLimiter(allowed, own);
            const times: number[] = [];
            for (let question = 0; question < allowed * 60; question += 1) {
                await limiter.take();
                times.push(clock.now());
                limiter.noteGood();
            }
            // Of those that come within a second, the first may have been thirty milliseconds longer on its way.
            const tooMany = times.filter(
                (time, index) =>
                    (times[index + allowed] ?? Number.POSITIVE_INFINITY) - time <= 1030,
            );
            expect(tooMany).toEqual([]);
        },
    );

    it('is back within seconds of a limit, also where a hundred questions a second are allowed', async () => {
        const clock = createTestClock();
        const limiter = createLimiter(100, clock);
        const start = clock.now();
        limiter.noteLimit(start + 1000);
        let questions = 0;
        for (; clock.now() < start + 10_000; questions += 1) {
            await limiter.take();
            limiter.noteGood();
        }
        expect(limiter.rate()).toBe(95);
        expect(questions).toBeGreaterThan(600);
    });

    it('lets no question through a block, and spaces those that waited for its end', async () => {
        const clock = createTestClock();
        const start = clock.now();
        const limiter = createLimiter(10, clock);
        await limiter.take();
        limiter.blockUntil(start + 3000);
        const times: number[] = [];
        for (let question = 0; question < 3; question++) {
            await limiter.take();
            times.push(clock.now() - start);
        }
        expect(times[0]).toBe(3000);
        expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(100);
        expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThan(100);
    });
});
