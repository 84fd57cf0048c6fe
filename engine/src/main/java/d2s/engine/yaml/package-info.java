/**
 * YAML text in, values out that know their place in the file; what is wrong with them becomes a
 * {@link d2s.engine.yaml.Problem}.
 */
package d2s.engine.yaml;
