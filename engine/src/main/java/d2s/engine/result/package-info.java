/**
 * What a run reports: its progress while it works; steps, files, and what was skipped at its end;
 * the exceptions with which it ends early.
 */
package d2s.engine.result;
