/** What the check of mappings makes, and what plans, runs and documents are made from. */
package d2s.engine.bound;
