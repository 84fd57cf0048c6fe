/** Keys and hashes: bytes come in, and signatures and hashes go out, as Dendrite makes them. */
package d2s.generator.signing;
