import type { FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';

/** One line a test, what went wrong below it, and the counts at the end. */
export default class Lines implements Reporter {
  #suite: Suite | undefined;
  #begun = Date.now();

  onBegin(_: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const name = test.titlePath().filter(Boolean).join(' › ');
    const why = result.status === 'skipped' ? test.annotations.map((note) => note.description).filter(Boolean).join(' ') : '';
    console.log(`${result.status.padEnd(7)} ${name} (${result.duration} ms)${why ? ` — ${why}` : ''}`);
    for (const error of result.errors) console.log((error.message ?? '').replace(/^/gm, '        '), error.location ? `\n        at ${error.location.file}:${error.location.line}` : '');
  }

  onStdOut(text: string | Buffer): void {
    process.stdout.write(text);
  }

  onStdErr(text: string | Buffer): void {
    process.stderr.write(text);
  }

  onError(error: { message?: string }): void {
    console.log(error.message);
  }

  onEnd(result: FullResult): void {
    const tests = this.#suite?.allTests() ?? [];
    const count = (outcome: string) => tests.filter((test) => test.outcome() === outcome && (outcome !== 'skipped' || test.results.length > 0)).length;
    const never = tests.filter((test) => test.results.length === 0).length;
    const seconds = Math.round((Date.now() - this.#begun) / 1000);
    console.log(`ui: ${count('expected')} passed, ${count('unexpected')} failed, ${count('skipped')} skipped, ${count('flaky')} only at the second try, ${never} not run in ${seconds} s: ${result.status}`);
  }
}
